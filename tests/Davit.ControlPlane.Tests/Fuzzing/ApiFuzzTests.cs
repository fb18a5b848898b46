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

    /// <summary>A request costs a thousand times what reading its body does; the soak sends as many as of everything else.</summary>
    private const int Requests = 25_000;

    /// <summary>What stands in names, paths and queries.</summary>
    private static readonly string[] Texts = ["dep_01981b2c3d4e7f00a1b2c3d4e5f60718", "production", "12", "MQ", "2026-01-01T00:00:00Z", "5m", "a.*b", "-1", "web,db"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_body_of_every_operation_is_taken_or_refused()
    {
        using var shop = await Shop.MakeAsync(server.Installed, Ct);
        var api = await FuzzedApi.OfAsync(server.Installed, shop, o => o.Bodies.Count > 0, Ct);
        await new Fuzz(api.Seeds(o => o.Bodies.Select(b => b.ToJsonString()), o => FuzzedApi.TextsOf(o).Count, Texts)) { Words = Words, Inputs = Requests, AtOnce = FuzzedApi.AtOnce, Bytes = FuzzedApi.Bytes }.RunAsync(
            async input =>
            {
                var (operation, place, text) = api.Read(input);

                // Half are no document any more and end in the reader; of the others, everything but one text is as it should be.
                var places = FuzzedApi.TextsOf(operation);
                using var body = new ByteArrayContent(place is { } at && places.Count > 0 ? JsonSerializer.SerializeToUtf8Bytes(places[at % places.Count](Encoding.UTF8.GetString(text))) : text);
                body.Headers.ContentType = new("application/json");

                // Most names lead nowhere, so that thousands of requests do not become thousands of deployments.
                var env = input.Length % 8 is 0 ? "production" : "staging";
                await api.JudgeAsync(operation, api.Path(operation, "env", env), body, Ct);
            },
            Ct);
        await api.NothingCameOfRefusedAsync(Ct);
    }

    [Fact]
    public async Task Every_path_and_query_is_answered_or_refused()
    {
        using var shop = await Shop.MakeAsync(server.Installed, Ct);
        var api = await FuzzedApi.OfAsync(server.Installed, shop, o => (o.Method == HttpMethod.Get || o.Method == HttpMethod.Delete) && FuzzedApi.NamesOf(o).Count > 0, Ct);
        await new Fuzz(api.Seeds(_ => [], o => FuzzedApi.NamesOf(o).Count, Texts)) { Words = ["..", "%", "/", "\0", "*", "(", "[", "+", "9999999999999999999", "T", "Z", "d", "\u202e", "'", ";", "--"], Inputs = Requests, AtOnce = FuzzedApi.AtOnce, Bytes = FuzzedApi.Bytes }.RunAsync(
            async input =>
            {
                var (operation, place, bytes) = api.Read(input);
                var text = Encoding.UTF8.GetString(bytes);
                var names = FuzzedApi.NamesOf(operation);
                var name = names[(place ?? 0) % names.Count];

                // A line that is too long is refused before anybody has read what it asks for, and an empty name is another path.
                if (Uri.EscapeDataString(text).Length > 6000 || (operation.PathNames.Contains(name) && text.Trim('.', '/', '\\') is ""))
                    return;
                var path = api.Path(operation, name, text);
                await api.JudgeAsync(operation, operation.QueryNames.Contains(name) ? $"{path}?{name}={Uri.EscapeDataString(text)}" : path, null, Ct);
            },
            Ct);
        await api.NothingCameOfRefusedAsync(Ct);
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
        string[] documents =
        [
            """{"type":"https://x","title":"t","status":404,"detail":"d","code":"DV4001","name":"n","hint":"h","errors":[{"code":"DV1001","name":"n","severity":"error","message":"m","path":"p","line":1}]}""",
            """{"source":{"kind":"upload","id":"upl_1","manifest":{"profiles":["a"],"variables":{"A":"1"}}},"plan":"sha256:0","force":true}""",
            """{"items":[{"id":"a","name":"b","version":1,"createdAt":"2026-01-01T00:00:00Z"}],"next":"x"}""",
            """{"value":{"id":"a","number":1,"kind":"deploy","state":"live","final":true,"actor":"a","createdAt":"2026-01-01T00:00:00Z"},"receipt":{}}""",
        ];
        return new Fuzz([.. forms.SelectMany((_, at) => documents.Select(d => $"{(char)at}{d}"))]) { Words = Words }.RunAsync(
            input =>
            {
                try
                {
                    _ = JsonSerializer.Deserialize(input.AsSpan(Math.Min(1, input.Length)), forms[(input is [var form, ..] ? form : 0) % forms.Length]);
                }
                catch (Exception e) when (e is JsonException or NotSupportedException)
                {
                    // The caller is told that the other side does not speak this protocol.
                }
            },
            Ct);
    }
}
