using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Davit.ControlPlane.Apps;
using Davit.ControlPlane.Tests.Support;
using Davit.Model;
using Davit.Testing.Fuzzing;
using Davit.Wire;

namespace Davit.ControlPlane.Tests.Fuzzing;

/// <summary>The control API through its real server: whatever is sent, it is done or refused with a problem; it is never a bug.</summary>
public sealed class ApiFuzzTests(OneServer server) : IClassFixture<OneServer>
{
    private static readonly string[] Words =
    [
        "null", "{}", "[]", "\"\"", "-1", "1e9", "9223372036854775808", "true", "\"kind\":", "\"image\"", "\"release\"", "\"deployment\"", "\"serving\"", "\"source\":", "\"name\":", "\\u0000", "\\ud800", "\"a\":", ",", ":", "\"upl_01981b2c3d4e7f00a1b2c3d4e5f60718\"", "//", "/* */", "NaN",
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A request costs a few milliseconds, so there are fewer of them than of other inputs.</summary>
    [Fact]
    public async Task Every_body_of_every_operation_is_taken_or_refused()
    {
        using var shop = await Shop.MakeAsync(server.Installed, Ct);
        var operations = (await ApiSurface.ReadAsync(server.Installed, Ct)).Where(o => o.Bodies.Count > 0).ToList();
        var seeds = operations.SelectMany((o, at) => o.Bodies.Select(b => Encoding.UTF8.GetBytes($"{(char)('A' + at)}{b.ToJsonString()}"))).ToList();
        var (app, turn) = (shop.App[(shop.App.LastIndexOf('/') + 1)..], 0);
        await new Fuzz(seeds) { Words = Words, Inputs = 3_000 }.RunAsync(
            async input =>
            {
                var operation = operations[(input is [var first, ..] ? first : 0) % operations.Count];

                // Most names lead nowhere, so that thousands of requests do not become thousands of deployments.
                var names = turn++ % 8 is 0 ? "production" : "staging";
                using var body = new ByteArrayContent(input is [_, .. var rest] ? rest : []);
                body.Headers.ContentType = new("application/json");
                var answer = await shop.Http.SendAsync(operation.Method, operation.Path(n => n switch { "org" or "project" => "default", "app" => app, "env" => names, _ => "1" }), body, Ct);
                Judge(operation, answer);
            },
            Ct);
    }

    [Fact]
    public async Task Every_path_and_query_is_answered_or_refused()
    {
        using var shop = await Shop.MakeAsync(server.Installed, Ct);
        var operations = (await ApiSurface.ReadAsync(server.Installed, Ct)).Where(o => o.Method == HttpMethod.Get || o.Method == HttpMethod.Delete).ToList();
        var app = shop.App[(shop.App.LastIndexOf('/') + 1)..];
        var turn = 0;
        await new Fuzz("dep_01981b2c3d4e7f00a1b2c3d4e5f60718", "production", "12", "MQ", "2026-01-01T00:00:00Z", "5m", "a.*b", "-1", "web,db") { Words = ["..", "%", "/", "\0", "*", "(", "[", "+", "9999999999999999999", "T", "Z", "d", "\u202e", "'", ";", "--"], Inputs = 3_000 }.RunAsync(
            async input =>
            {
                var operation = operations[turn++ % operations.Count];
                var text = Encoding.UTF8.GetString(input);
                if (operation.PathNames.Count is 0 && operation.QueryNames.Count is 0)
                    return;

                // A line that is too long is refused before anybody has read what it asks for.
                if (Uri.EscapeDataString(text).Length * (1 + operation.QueryNames.Count) > 6000)
                    return;

                // One name is not what it should be: the deepest one, or with a query none.
                var deepest = operation.QueryNames.Count > 0 && turn % 2 is 0 ? "" : operation.PathNames[^1];
                if (deepest is not "" && text.Trim('.', '/', '\\') is "")
                    return;
                var path = operation.Path(n => n == deepest ? text : n switch { "org" or "project" => "default", "app" => app, "env" => "production", _ => "1" });
                var query = string.Join('&', operation.QueryNames.Where(q => !q.Equals("follow", StringComparison.OrdinalIgnoreCase)).Select(q => $"{q}={Uri.EscapeDataString(text)}"));
                Judge(operation, await shop.Http.SendAsync(operation.Method, $"{path}?{query}", null, Ct));
            },
            Ct);
    }

    [Fact]
    public Task A_cursor_is_one_or_a_problem() => new Fuzz("MTI", "c2hvcA", "", "-", "MjAyNi0wMS0wMQ") { Words = ["=", "+", "/", "_", "-", "MTI", "LTE", " ", "é"] }.RunAsync(
        input =>
        {
            var paging = new Paging(7, Encoding.UTF8.GetString(input));
            foreach (var read in (Action[])[() => paging.After(), () => paging.Before()])
            {
                try
                {
                    read();
                }
                catch (ProblemException e)
                {
                    e.Problem.Code.ShouldBe("DV4015");
                }
            }
        },
        Ct);

    [Fact]
    public Task What_crosses_the_wire_is_read_or_refused()
    {
        JsonTypeInfo[] forms = [.. typeof(WireJson).GetProperties().Where(p => p.PropertyType.IsAssignableTo(typeof(JsonTypeInfo)) && p.PropertyType.IsGenericType).Select(p => (JsonTypeInfo)p.GetValue(WireJson.Default)!)];
        forms.Length.ShouldBeGreaterThan(40);
        var turn = 0;
        return new Fuzz(
            """{"type":"https://x","title":"t","status":404,"detail":"d","code":"DV4001","name":"n","hint":"h","errors":[{"code":"DV1001","name":"n","severity":"error","message":"m","path":"p","line":1}]}""",
            """{"source":{"kind":"upload","id":"upl_1","manifest":{"profiles":["a"],"variables":{"A":"1"}}},"plan":"sha256:0","force":true}""",
            """{"items":[{"id":"a","name":"b","version":1,"createdAt":"2026-01-01T00:00:00Z"}],"next":"x"}""",
            """{"value":{"id":"a","number":1,"kind":"deploy","state":"live","final":true,"actor":"a","createdAt":"2026-01-01T00:00:00Z"},"receipt":{}}""") { Words = Words }.RunAsync(
            input =>
            {
                try
                {
                    _ = JsonSerializer.Deserialize(input, forms[turn++ % forms.Length]);
                }
                catch (Exception e) when (e is JsonException or NotSupportedException)
                {
                    // The caller is told that the other side does not speak this protocol.
                }
            },
            Ct);
    }

    private static void Judge(Operation operation, Answer answer)
    {
        answer.Status.ShouldBeInRange(200, 499, $"{operation}: {answer.Text}");

        // What is no path at all is refused by the server's own reader of HTTP, which says nothing more.
        if (answer.Status < 400 || answer is { Status: 400, Text: "" })
            return;
        foreach (var member in (string[])["type", "title", "detail", "code", "name", "hint", "requestId"])
            ((string?)answer.Json[member]).ShouldNotBeNullOrWhiteSpace($"{operation}: {member} of {answer.Text}");
        ((string)answer.Json["detail"]!).Any(c => char.IsControl(c) && c is not '\n' and not '\t').ShouldBeFalse(answer.Text);
    }
}
