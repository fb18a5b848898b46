using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Davit.ControlPlane.Tests.Support;

/// <summary>What came back: the status, the document, the headers.</summary>
internal sealed record Answer(int Status, string Text, HttpResponseHeaders Headers)
{
    public JsonNode Json => JsonNode.Parse(Text)!;

    public JsonNode Value => Json["value"]!;

    public string Code => Text is ['{', ..] ? (string?)Json["code"] ?? "" : "";

    public Answer ShouldBe(int status)
    {
        Status.ShouldBe(status, Text);
        return this;
    }

    /// <summary>A problem document with everything one needs.</summary>
    public Answer ShouldBeProblem(int status, string code)
    {
        (Status, Code).ShouldBe((status, code), Text);
        foreach (var member in (string[])["type", "title", "detail", "name", "hint", "requestId", "instance"])
            ((string?)Json[member]).ShouldNotBeNullOrWhiteSpace(member);
        ((int)Json["status"]!).ShouldBe(status);
        Headers.GetValues("X-Request-Id").ShouldBe([(string)Json["requestId"]!]);
        return this;
    }
}

/// <summary>Plain HTTP over the server's unix socket.</summary>
internal sealed class Api : IDisposable
{
    public const string Apps = "/v1/orgs/default/projects/default/apps";

    public Api(string socket, string token)
    {
        Http = new HttpClient(new SocketsHttpHandler { ConnectCallback = (_, ct) => ConnectAsync(socket, ct), UseProxy = false, AllowAutoRedirect = false, Expect100ContinueTimeout = TimeSpan.FromMinutes(1) })
        {
            BaseAddress = new Uri("http://davit/"), Timeout = TimeSpan.FromSeconds(60),
        };
        if (token is not "")
            Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public HttpClient Http { get; }

    public Task<Answer> GetAsync(string path, CancellationToken ct) => SendAsync(HttpMethod.Get, path, null, ct);

    /// <param name="body">JSON text.</param>
    /// <param name="key">Null makes one; "" sends none.</param>
    public Task<Answer> PostAsync(string path, string body, CancellationToken ct, string? key = null) => SendAsync(HttpMethod.Post, path, Json(body), ct, key);

    public Task<Answer> PutAsync(string path, string body, CancellationToken ct) => SendAsync(HttpMethod.Put, path, Json(body), ct);

    public Task<Answer> PatchAsync(string path, string body, CancellationToken ct) => SendAsync(HttpMethod.Patch, path, Json(body), ct);

    public Task<Answer> DeleteAsync(string path, CancellationToken ct) => SendAsync(HttpMethod.Delete, path, null, ct);

    public async Task<Answer> SendAsync(HttpMethod method, string path, HttpContent? content, CancellationToken ct, string? key = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        // What is refused for its head is answered before its body is sent, as curl does it.
        request.Headers.ExpectContinue = content is not null;
        if (method != HttpMethod.Get && key is not "")
            request.Headers.Add("Idempotency-Key", key ?? Unique.Digits());
        using var response = await Http.SendAsync(request, ct);
        return new((int)response.StatusCode, await response.Content.ReadAsStringAsync(ct), response.Headers);
    }

    public void Dispose() => Http.Dispose();

    public static HttpContent Json(string body) => new StringContent(body, Encoding.UTF8, "application/json");

    private static async ValueTask<Stream> ConnectAsync(string path, CancellationToken ct)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), ct);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
