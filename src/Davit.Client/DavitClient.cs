using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Davit.Model;
using Davit.Wire;

namespace Davit.Client;

/// <summary>
/// Speaks to one control plane. What the server refuses is thrown as a <see cref="ProblemException"/> with the server's own
/// problem; a server that does not answer is DV4017.
/// </summary>
public sealed class DavitClient : IDisposable
{
    private readonly HttpClient _http;
    private readonly ServerAddress _server;
    private readonly string _idempotencyKey;
    private int _writes;

    /// <param name="token">Sent as a bearer token; "" for none.</param>
    /// <param name="requestId">Kept for every request of this client; "" lets the server make one each.</param>
    /// <param name="idempotencyKey">Repeating the same invocation with the same key changes nothing twice.</param>
    public DavitClient(ServerAddress server, string token, string requestId, string idempotencyKey)
    {
        (_server, _idempotencyKey) = (server, idempotencyKey);
        Handler = new SocketsHttpHandler { UseProxy = !server.IsSocket, AllowAutoRedirect = false, ConnectCallback = server.IsSocket ? ConnectAsync : null };
        _http = new HttpClient(Handler) { BaseAddress = server.Base, Timeout = Timeout.InfiniteTimeSpan };
        if (token is not "")
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (requestId is not "")
            _http.DefaultRequestHeaders.Add("X-Request-Id", requestId);
    }

    /// <summary>For WebSockets over the same connection settings.</summary>
    public HttpMessageInvoker Invoker => _http;

    public Uri Base => _server.Base;

    public AuthenticationHeaderValue? Authorization => _http.DefaultRequestHeaders.Authorization;

    private SocketsHttpHandler Handler { get; }

    public Task<T> GetAsync<T>(string path, JsonTypeInfo<T> form, CancellationToken ct) => SendAsync(HttpMethod.Get, path, null, form, ct);

    public Task<TAnswer> PostAsync<TBody, TAnswer>(string path, TBody body, (JsonTypeInfo<TBody> Body, JsonTypeInfo<TAnswer> Answer) forms, CancellationToken ct) =>
        SendAsync(HttpMethod.Post, path, JsonContent.Create(body, forms.Body), forms.Answer, ct);

    public Task<T> PostAsync<T>(string path, JsonTypeInfo<T> form, CancellationToken ct) => SendAsync(HttpMethod.Post, path, null, form, ct);

    public Task<TAnswer> PutAsync<TBody, TAnswer>(string path, TBody body, (JsonTypeInfo<TBody> Body, JsonTypeInfo<TAnswer> Answer) forms, CancellationToken ct) =>
        SendAsync(HttpMethod.Put, path, JsonContent.Create(body, forms.Body), forms.Answer, ct);

    public Task<TAnswer> PatchAsync<TBody, TAnswer>(string path, TBody body, (JsonTypeInfo<TBody> Body, JsonTypeInfo<TAnswer> Answer) forms, CancellationToken ct) =>
        SendAsync(HttpMethod.Patch, path, JsonContent.Create(body, forms.Body), forms.Answer, ct);

    public Task<T> DeleteAsync<T>(string path, JsonTypeInfo<T> form, CancellationToken ct) => SendAsync(HttpMethod.Delete, path, null, form, ct);

    public Task<T> UploadAsync<T>(string path, HttpContent content, JsonTypeInfo<T> form, CancellationToken ct) => SendAsync(HttpMethod.Post, path, content, form, ct);

    /// <summary>Every page of a list, one item after the other.</summary>
    public async IAsyncEnumerable<T> ListAsync<T>(string path, JsonTypeInfo<Page<T>> form, [EnumeratorCancellation] CancellationToken ct)
    {
        var cursor = "";
        do
        {
            var page = await GetAsync($"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}limit=200{(cursor is "" ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}", form, ct);
            foreach (var item in page.Items)
                yield return item;
            cursor = page.Next ?? "";
        }
        while (cursor is not "");
    }

    /// <summary>A stream of NDJSON items; blank lines are heartbeats.</summary>
    public async IAsyncEnumerable<T> StreamAsync<T>(string path, JsonTypeInfo<T> form, [EnumeratorCancellation] CancellationToken ct)
    {
        using var response = await OpenAsync(HttpMethod.Get, path, null, ct);
        await foreach (var item in LinesAsync(response, form, ct))
            yield return item;
    }

    public async IAsyncEnumerable<TItem> PostStreamAsync<TBody, TItem>(
        string path, TBody body, (JsonTypeInfo<TBody> Body, JsonTypeInfo<TItem> Item) forms, [EnumeratorCancellation] CancellationToken ct)
    {
        using var response = await OpenAsync(HttpMethod.Post, path, JsonContent.Create(body, forms.Body), ct);
        await foreach (var item in LinesAsync(response, forms.Item, ct))
            yield return item;
    }

    public void Dispose() => _http.Dispose();

    private static async IAsyncEnumerable<T> LinesAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> form, [EnumeratorCancellation] CancellationToken ct)
    {
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(ct));
        while (await reader.ReadLineAsync(ct) is { } line)
        {
            if (line is not "" && JsonSerializer.Deserialize(line, form) is { } item)
                yield return item;
        }
    }

    private async Task<T> SendAsync<T>(HttpMethod method, string path, HttpContent? content, JsonTypeInfo<T> form, CancellationToken ct)
    {
        using var response = await OpenAsync(method, path, content, ct);
        return await response.Content.ReadFromJsonAsync(form, ct) ?? throw new ProblemException(ApiProblems.NoServer(_server.Text));
    }

    private async Task<HttpResponseMessage> OpenAsync(HttpMethod method, string path, HttpContent? content, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };

        // One invocation may write several times; each write has its own key, and a repeat of the invocation the same ones.
        if (method != HttpMethod.Get)
            request.Headers.Add("Idempotency-Key", $"{_idempotencyKey}-{Interlocked.Increment(ref _writes)}");
        HttpResponseMessage response;
        try
        {
            response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        }
        catch (Exception e) when (e is HttpRequestException or SocketException or IOException)
        {
            throw new ProblemException(ApiProblems.NoServer(_server.Text), e);
        }

        if (response.IsSuccessStatusCode)
            return response;
        using (response)
            throw new ProblemException(await ProblemOfAsync(response, ct));
    }

    private async Task<Problem> ProblemOfAsync(HttpResponseMessage response, CancellationToken ct)
    {
        try
        {
            return (await response.Content.ReadFromJsonAsync(WireJson.Default.ProblemBody, ct))!.ToProblem();
        }
        catch (JsonException)
        {
            return ApiProblems.NoServer($"{_server.Text} (something else answered {(int)response.StatusCode})");
        }
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(_server.SocketPath), ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
