using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Davit.ControlPlane.Tests.Support;
using Davit.Drivers.Memory;
using Davit.Store.Events;

namespace Davit.ControlPlane.Tests.Fuzzing;

/// <summary>
/// The operations of a running server, asked over its socket by many at once. The first byte of an input chooses the
/// operation, so that an input means the same whenever it is tried.
/// </summary>
internal sealed class FuzzedApi
{
    /// <summary>A request mostly waits for the database; so many keep two cores busy.</summary>
    public const int AtOnce = 16;

    /// <summary>More than a request may allocate, because everything that goes on in the server meanwhile is counted with it.</summary>
    public const long Bytes = 256L << 20;

    /// <summary>The second byte below this means no place: the input itself is the body.</summary>
    private const int FirstPlace = 128;

    private static readonly string[] Members = ["type", "title", "detail", "code", "name", "hint", "requestId"];

    private static readonly ConcurrentDictionary<Operation, IReadOnlyList<Func<string, JsonNode>>> Places = new();

    private readonly Installed _installed;
    private readonly Shop _shop;
    private readonly IReadOnlyList<Operation> _operations;
    private readonly IReadOnlyDictionary<string, string> _names;
    private readonly ConcurrentDictionary<string, string> _refused = new(StringComparer.Ordinal);
    private readonly string _project;
    private readonly string _run = Unique.Digits();
    private int _asked;

    private FuzzedApi(Installed installed, Shop shop, IReadOnlyList<Operation> operations, IReadOnlyDictionary<string, string> names, string project) =>
        (_installed, _shop, _operations, _names, _project) = (installed, shop, operations, names, project);

    public static async Task<FuzzedApi> OfAsync(Installed installed, Shop shop, Func<Operation, bool> wanted, CancellationToken ct)
    {
        installed.World.Add(new MemoryImage("fuzzed:1"));
        var deployment = await shop.LiveAsync(await shop.DeployAsync(Shop.Image("fuzzed:1")));

        var other = (string)(await shop.Http.PostAsync("/v1/orgs/default/projects", $$"""{"name":"p{{Unique.Digits()}}"}""", ct)).ShouldBe(201).Value["id"]!;

        // By their ids: some bodies give them other names.
        var names = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["org"] = "default", ["env"] = "production", ["service"] = "web",
            ["project"] = (string)(await shop.Http.GetAsync("/v1/orgs/default/projects/default", ct)).ShouldBe(200).Json["id"]!,
            ["app"] = (string)(await shop.Http.GetAsync(shop.App, ct)).ShouldBe(200).Json["id"]!,
            ["deployment"] = (string)deployment["id"]!,
            ["release"] = (string)deployment["release"]!,
        };
        return new(installed, shop, [.. (await ApiSurface.ReadAsync(installed, ct)).Where(o => wanted(o) && !TakesOrgAway(o))], names, other);
    }

    /// <summary>Renaming, deleting, suspending or limiting the org would take away everything that the tests beside it ask for.</summary>
    private static bool TakesOrgAway(Operation operation) => operation.Method != HttpMethod.Get && operation.Template is "/v1/orgs/{org}" or "/v1/orgs/{org}/suspension" or "/v1/orgs/{org}/limits";

    /// <summary>Places of texts in its bodies: how to put another there.</summary>
    public static IReadOnlyList<Func<string, JsonNode>> TextsOf(Operation operation) => Places.GetOrAdd(operation, o => [.. o.Bodies.SelectMany(ApiSurface.Texts).Select(t => t.With)]);

    /// <summary>Of path and query, but not what makes an answer that has no end.</summary>
    public static IReadOnlyList<string> NamesOf(Operation operation) => [.. operation.PathNames, .. operation.QueryNames.Where(q => !q.Equals("follow", StringComparison.OrdinalIgnoreCase))];

    /// <summary>An operation, a place in it or none, and what is put there; then everything as it should be.</summary>
    public IReadOnlyList<byte[]> Seeds(Func<Operation, IEnumerable<string>> wholes, Func<Operation, int> places, IReadOnlyList<string> texts) =>
    [
        .. _operations.SelectMany((o, at) => wholes(o).Select(t => Seed(at, 0, t))),
        .. _operations.SelectMany((o, at) => Enumerable.Range(0, places(o)).SelectMany(p => texts.Select(t => Seed(at, FirstPlace + p, t)))),
    ];

    public (Operation Operation, int? Place, byte[] Text) Read(byte[] input) => input switch
    {
        [var operation, var place, .. var text] => (_operations[operation % _operations.Count], place < FirstPlace ? null : place - FirstPlace, text),
        [var operation] => (_operations[operation % _operations.Count], null, []),
        [] => (_operations[0], null, []),
    };

    /// <summary>The path of an operation with one name given and the others as they should be. What is done to a project is not done to the one that other tests use.</summary>
    public string Path(Operation operation, string name, string text) => operation.Path(n => n == name ? text
        : n is "project" && operation.PathNames[^1] is "project" ? _project
        : _names.GetValueOrDefault(n, "1"));

    public async Task JudgeAsync(Operation operation, string path, HttpContent? body, CancellationToken ct)
    {
        var id = $"{_run}-{Interlocked.Increment(ref _asked)}";
        using var request = new HttpRequestMessage(operation.Method, path) { Content = body };
        request.Headers.Add("X-Request-Id", id);
        if (operation.Method != HttpMethod.Get)
            request.Headers.Add("Idempotency-Key", id);
        using var response = await _shop.Http.Http.SendAsync(request, ct);
        var answer = new Answer((int)response.StatusCode, await response.Content.ReadAsStringAsync(ct), response.Headers);
        if (Fault(answer) is { } fault)
            throw new InvalidOperationException($"{operation} {path} answered with {fault}: {answer.Status} {answer.Text}");
        if (answer.Status >= 400)
            _refused.TryAdd(id, operation.ToString());
    }

    /// <summary>No event was caused by a request that was refused, but those that tell of the refusal; what is written without one is not of this product.</summary>
    public async Task NothingCameOfRefusedAsync(CancellationToken ct)
    {
        _refused.Count.ShouldBeInRange(1, _asked - 1);
        var org = await _installed.OrgAsync(ct);
        var after = 0L;
        while (await _installed.Database.ReadAsync(db => EventLog.ReadAsync(db, org, after, null, ct), ct) is { Count: > 0 } page)
        {
            foreach (var row in page.Where(r => !r.Type.StartsWith("access.", StringComparison.Ordinal)))
                _refused.ContainsKey(row.RequestId).ShouldBeFalse($"{row.Type} of a refused request to {_refused.GetValueOrDefault(row.RequestId)}");
            after = page[^1].Seq;
        }
        (await _installed.Database.ReadAsync(db => EventLog.FirstBrokenAsync(db, org, ct), ct)).ShouldBeNull();
    }

    private static byte[] Seed(int operation, int place, string text) => [(byte)operation, (byte)place, .. Encoding.UTF8.GetBytes(text)];

    /// <summary>Written without assertions, because it is asked a hundred thousand times.</summary>
    private static string? Fault(Answer answer)
    {
        // What is no path at all is refused by the server's own reader of HTTP, which says nothing more.
        if (answer is { Status: >= 200 and < 400 } or { Status: 400, Text: "" })
            return null;
        if (answer.Status is < 400 or >= 500)
            return "a failure of the server";
        if (Parsed(answer.Text) is not { } problem)
            return "something that is no problem document";
        return Members.FirstOrDefault(m => problem[m] is not JsonValue v || !v.TryGetValue(out string? text) || string.IsNullOrWhiteSpace(text)) is { } missing ? $"no {missing}"
            : ((string)problem["detail"]!).Any(c => char.IsControl(c) && c is not '\n' and not '\t') ? "a control character"
            : null;
    }

    private static JsonObject? Parsed(string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
