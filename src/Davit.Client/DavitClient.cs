using System.Diagnostics;
using System.Globalization;
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
    private bool _isRenewed;

    /// <param name="token">Sent as a bearer token; "" for none.</param>
    /// <param name="requestId">Kept for every request of this client; "" lets the server make one each.</param>
    /// <param name="idempotencyKey">Repeating the same invocation with the same key changes nothing twice.</param>
    public DavitClient(ServerAddress server, string token, string requestId, string idempotencyKey)
    {
        (_server, _idempotencyKey) = (server, idempotencyKey);
        _http = new HttpClient(Connections(server)) { BaseAddress = server.Base, Timeout = Timeout.InfiniteTimeSpan };
        if (token is not "")
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (requestId is not "")
            _http.DefaultRequestHeaders.Add("X-Request-Id", requestId);
    }

    /// <summary>For a program that asks for many people: connections are shared, and what is one person's is in the headers of its own client.</summary>
    /// <param name="connections">Of <see cref="Connections"/>; not disposed with the client.</param>
    /// <param name="headers">Sent with every request.</param>
    public DavitClient(ServerAddress server, HttpMessageHandler connections, IEnumerable<KeyValuePair<string, string>> headers, string requestId, string idempotencyKey)
    {
        (_server, _idempotencyKey) = (server, idempotencyKey);
        _http = new HttpClient(connections, disposeHandler: false) { BaseAddress = server.Base, Timeout = Timeout.InfiniteTimeSpan };
        foreach (var (name, value) in headers)
            _http.DefaultRequestHeaders.Add(name, value);
        _http.DefaultRequestHeaders.Add("X-Request-Id", requestId);
    }

    /// <summary>Connections to one server. Cookies are the callers' own business.</summary>
    public static HttpMessageHandler Connections(ServerAddress server) => new SocketsHttpHandler
    {
        UseProxy = !server.IsSocket, UseCookies = false, AllowAutoRedirect = false, ConnectCallback = server.IsSocket ? (_, ct) => ConnectAsync(server, ct) : null,
    };

    /// <summary>How long the beginning of an answer may take; not for questions that wait for a change.</summary>
    public TimeSpan? Patience { get; init; }

    /// <summary>Gives the token to go on with, asked once before the first request; null when the one that was given is good.</summary>
    public Func<CancellationToken, Task<string>>? Renew { get; init; }

    /// <summary>Told about every exchange when it was answered.</summary>
    public Action<Exchange>? Heard { get; init; }

    /// <summary>For WebSockets over the same connection settings.</summary>
    public HttpMessageInvoker Invoker => _http;

    public Uri Base => _server.Base;

    public AuthenticationHeaderValue? Authorization => _http.DefaultRequestHeaders.Authorization;

    public Task<T> GetAsync<T>(string path, JsonTypeInfo<T> form, CancellationToken ct) => SendAsync(HttpMethod.Get, path, null, form, ct);

    /// <summary>A question that is answered when something has changed, however long that takes.</summary>
    public async Task<T> AwaitAsync<T>(string path, JsonTypeInfo<T> form, CancellationToken ct)
    {
        using var response = await OpenAsync((HttpMethod.Get, path), null, Timeout.InfiniteTimeSpan, ct);
        return await ReadAsync(response, form, ct);
    }

    public Task<TAnswer> PostAsync<TBody, TAnswer>(string path, TBody body, (JsonTypeInfo<TBody> Body, JsonTypeInfo<TAnswer> Answer) forms, CancellationToken ct) =>
        SendAsync(HttpMethod.Post, path, JsonContent.Create(body, forms.Body), forms.Answer, ct);

    public Task<T> PostAsync<T>(string path, JsonTypeInfo<T> form, CancellationToken ct) => SendAsync(HttpMethod.Post, path, null, form, ct);

    public Task<TAnswer> PutAsync<TBody, TAnswer>(string path, TBody body, (JsonTypeInfo<TBody> Body, JsonTypeInfo<TAnswer> Answer) forms, CancellationToken ct) =>
        SendAsync(HttpMethod.Put, path, JsonContent.Create(body, forms.Body), forms.Answer, ct);

    public Task<TAnswer> PatchAsync<TBody, TAnswer>(string path, TBody body, (JsonTypeInfo<TBody> Body, JsonTypeInfo<TAnswer> Answer) forms, CancellationToken ct) =>
        SendAsync(HttpMethod.Patch, path, JsonContent.Create(body, forms.Body), forms.Answer, ct);

    public Task<T> DeleteAsync<T>(string path, JsonTypeInfo<T> form, CancellationToken ct) => SendAsync(HttpMethod.Delete, path, null, form, ct);

    public Task<T> UploadAsync<T>(string path, HttpContent content, JsonTypeInfo<T> form, CancellationToken ct) => SendAsync(HttpMethod.Post, path, content, form, ct);

    /// <summary>An answer of any size, as it comes.</summary>
    public async Task DownloadAsync(string path, Stream to, CancellationToken ct)
    {
        using var response = await OpenAsync((HttpMethod.Get, path), null, Limit, ct);
        try
        {
            await response.Content.CopyToAsync(to, ct);
        }
        catch (HttpRequestException e)
        {
            throw new ProblemException(ApiProblems.NoServer($"{_server.Text} (the answer broke off)"), e);
        }
    }

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
        using var response = await OpenAsync((HttpMethod.Get, path), null, Limit, ct);
        await foreach (var item in LinesAsync(response, form, ct))
            yield return item;
    }

    public async IAsyncEnumerable<TItem> PostStreamAsync<TBody, TItem>(
        string path, TBody body, (JsonTypeInfo<TBody> Body, JsonTypeInfo<TItem> Item) forms, [EnumeratorCancellation] CancellationToken ct)
    {
        using var response = await OpenAsync((HttpMethod.Post, path), JsonContent.Create(body, forms.Body), Limit, ct);
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

    private TimeSpan Limit => Patience ?? Timeout.InfiniteTimeSpan;

    private async Task<T> SendAsync<T>(HttpMethod method, string path, HttpContent? content, JsonTypeInfo<T> form, CancellationToken ct)
    {
        using var response = await OpenAsync((method, path), content, Limit, ct);
        return await ReadAsync(response, form, ct);
    }

    private async Task<T> ReadAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> form, CancellationToken ct)
    {
        try
        {
            return await response.Content.ReadFromJsonAsync(form, ct) ?? throw new ProblemException(ApiProblems.NoServer(_server.Text));
        }
        catch (Exception e) when (e is JsonException or IOException or HttpRequestException)
        {
            throw new ProblemException(ApiProblems.NoServer($"{_server.Text} (the answer broke off or is not Davit's)"), e);
        }
    }

    /// <summary>Signs a browser in.</summary>
    /// <returns>What the server says, and the cookies as it wrote them.</returns>
    public async Task<(SignedIn Answer, string[] Cookies)> SignInAsync(SignInRequest body, CancellationToken ct)
    {
        using var content = JsonContent.Create(body, WireJson.Default.SignInRequest);
        using var response = await OpenAsync((HttpMethod.Post, "v1/sessions"), content, Limit, ct);
        return (await ReadAsync(response, WireJson.Default.SignedIn, ct), response.Headers.TryGetValues("Set-Cookie", out var cookies) ? [.. cookies] : []);
    }

    /// <summary>Asks the token endpoint (RFC 6749, section 3.2).</summary>
    /// <returns>Null when it refuses.</returns>
    public async Task<TokenAnswer?> TokenAsync(FormUrlEncodedContent form, CancellationToken ct) => (await TryTokenAsync(form, ct)).Answer;

    /// <summary>Asks the token endpoint (RFC 6749, section 3.2).</summary>
    /// <returns>Either its answer or its refusal.</returns>
    public async Task<(TokenAnswer? Answer, TokenRefusal? Refusal)> TryTokenAsync(FormUrlEncodedContent form, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "v1/oauth/token") { Content = form };
        using var response = await AnswerAsync(request, Limit, ct);
        return response.IsSuccessStatusCode ? (await ReadAsync(response, WireJson.Default.TokenAnswer, ct), null) : (null, await ReadAsync(response, WireJson.Default.TokenRefusal, ct));
    }

    /// <summary>Asks to be let in by somebody with a browser (RFC 8628, section 3.1).</summary>
    public async Task<DeviceAuthorization> AuthoriseDeviceAsync(string device, CancellationToken ct)
    {
        using var form = new FormUrlEncodedContent([new("client_id", device)]);
        return await UploadAsync("v1/oauth/device_authorization", form, WireJson.Default.DeviceAuthorization, ct);
    }

    private async Task<HttpResponseMessage> OpenAsync((HttpMethod Method, string Path) what, HttpContent? content, TimeSpan limit, CancellationToken ct)
    {
        if (Renew is not null && !_isRenewed)
        {
            _isRenewed = true;
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await Renew(ct));
        }

        using var request = new HttpRequestMessage(what.Method, what.Path) { Content = content };

        // One invocation may write several times; each write has its own key, and a repeat of the invocation the same ones.
        if (what.Method != HttpMethod.Get)
            request.Headers.Add("Idempotency-Key", $"{_idempotencyKey}-{Interlocked.Increment(ref _writes)}");
        var response = await AnswerAsync(request, limit, ct);
        if (response.IsSuccessStatusCode)
            return response;
        using (response)
            throw new ProblemException(await ProblemOfAsync(response, ct));
    }

    private async Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage request, TimeSpan limit, CancellationToken ct)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(ct);
        late.CancelAfter(limit);
        var watch = Stopwatch.StartNew();
        try
        {
            var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, late.Token);
            Heard?.Invoke(new Exchange(request.Method.Method, request.RequestUri!.ToString(), (int)response.StatusCode, watch.Elapsed, RequestId(response)));
            return response;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new ProblemException(CliProblems.Late(_server.Text, string.Create(CultureInfo.InvariantCulture, $"{limit.TotalSeconds:0.###} s"), _idempotencyKey));
        }
        catch (Exception e) when (e is HttpRequestException or SocketException or IOException)
        {
            throw new ProblemException(ApiProblems.NoServer(_server.Text), e);
        }
    }

    private static string RequestId(HttpResponseMessage response) => response.Headers.TryGetValues("X-Request-Id", out var ids) ? ids.First() : "";

    private async Task<Problem> ProblemOfAsync(HttpResponseMessage response, CancellationToken ct)
    {
        try
        {
            if (await response.Content.ReadFromJsonAsync(WireJson.Default.ProblemBody, ct) is { Code: not null, Detail: not null, Hint: not null, Errors: not null } body)
                return body.ToProblem();
        }
        catch (JsonException)
        {
            // Not ours either.
        }

        return ApiProblems.NoServer($"{_server.Text} (something else answered {(int)response.StatusCode})");
    }

    private static async ValueTask<Stream> ConnectAsync(ServerAddress server, CancellationToken ct)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(server.SocketPath), ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>One question to the server and how it was answered.</summary>
public sealed record Exchange(string Method, string Path, int Status, TimeSpan Took, string RequestId);
