using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace Davit.EndToEnd.Tests.Support;

/// <summary>The HTTP API as any client sees it, over the unix socket.</summary>
internal sealed class Api : IDisposable
{
    private readonly HttpClient _http;

    public Api(string socket, string token)
    {
        _http = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (_, ct) =>
            {
                var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await connection.ConnectAsync(new UnixDomainSocketEndPoint(socket), ct);
                return new NetworkStream(connection, ownsSocket: true);
            },
        })
        {
            BaseAddress = new Uri("http://davitd/"),
        };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public async Task<JsonObject> GetAsync(string path, CancellationToken ct) => JsonNode.Parse(await _http.GetStringAsync(path, ct))!.AsObject();

    public Task<string> GetTextAsync(string path, CancellationToken ct) => _http.GetStringAsync(path, ct);

    public async Task<HttpResponseMessage> PostAsync(string path, HttpContent body, string key, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = body, Headers = { { "Idempotency-Key", key } } };
        return await _http.SendAsync(request, ct);
    }

    public async Task<bool> IsUpAsync(CancellationToken ct)
    {
        try
        {
            using var answer = await _http.GetAsync("v1/health", ct);
            return answer.IsSuccessStatusCode && (await answer.Content.ReadAsStringAsync(ct)).Contains("\"ok\"", StringComparison.Ordinal);
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    public void Dispose() => _http.Dispose();
}
