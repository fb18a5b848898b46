using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Davit.Drivers.Docker.Engine.Messages;
using Davit.Model;

namespace Davit.Drivers.Docker.Engine;

/// <summary>
/// Speaks the Engine API (https://docs.docker.com/reference/api/engine/). Knows connections, versions, time limits and
/// errors; knows nothing of instances.
/// </summary>
internal sealed class EngineClient : IDisposable
{
    private const int LongestError = 64 * 1024;

    private readonly HttpClient _http;
    private readonly TimeProvider _clock;
    private EngineVersion? _agreed;

    public EngineClient(EngineEndpoint endpoint, TimeProvider clock)
    {
        Endpoint = endpoint;
        _clock = clock;
        _http = new(new SocketsHttpHandler
        {
            ConnectCallback = async (_, ct) => await endpoint.ConnectAsync(ct),
            ConnectTimeout = TimeSpan.FromSeconds(10),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
        })
        {
            BaseAddress = new("http://engine"),
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    public EngineEndpoint Endpoint { get; }

    public TimeProvider Clock => _clock;

    /// <summary>Pings on the first call and after every loss of the connection.</summary>
    public async ValueTask<EngineVersion> AgreeAsync(CancellationToken ct)
    {
        if (Volatile.Read(ref _agreed) is { } known)
            return known;

        using var ping = await ExchangeAsync(EngineCall.Get("/_ping") with { Timeout = TimeSpan.FromSeconds(10) }, "", ct);
        using var version = await ExchangeAsync(EngineCall.Get("/version") with { Timeout = TimeSpan.FromSeconds(10) }, "", ct);
        var reply = await ParseAsync(version, EngineJson.Default.VersionReply, EngineCall.Get("/version"), ct);
        var agreed = EngineVersion.Agree(reply);
        Volatile.Write(ref _agreed, agreed);
        return agreed;
    }

    /// <summary>The answer with its body still to be read. The caller disposes it.</summary>
    /// <exception cref="EngineException">The engine answered with 400 or above.</exception>
    /// <exception cref="ProblemException">DV3001 or DV3024.</exception>
    public async Task<HttpResponseMessage> SendAsync(EngineCall call, CancellationToken ct)
    {
        var agreed = await AgreeAsync(ct);
        var response = await ExchangeAsync(call, $"/v{agreed.Api}", ct);
        if (response.StatusCode is HttpStatusCode.BadRequest && await ReplacementAsync(agreed, ct) is { } newer)
        {
            response.Dispose();
            response = await ExchangeAsync(call, $"/v{newer.Api}", ct);
        }

        if ((int)response.StatusCode < 400)
            return response;

        using (response)
            throw new EngineException(call, response.StatusCode, await ReadErrorAsync(response, ct));
    }

    public async Task RunAsync(EngineCall call, CancellationToken ct)
    {
        using var response = await SendAsync(call, ct);
    }

    /// <summary>One document.</summary>
    public async Task<T> ReadAsync<T>(EngineCall call, JsonTypeInfo<T> type, CancellationToken ct)
    {
        using var response = await SendAsync(call, ct);
        return await ParseAsync(response, type, call, ct);
    }

    /// <summary>A stream of documents that follow each other, until the engine ends it.</summary>
    public async IAsyncEnumerable<T> StreamAsync<T>(EngineCall call, JsonTypeInfo<T> type, [EnumeratorCancellation] CancellationToken ct)
    {
        using var response = await SendAsync(call, ct);
        await using var body = new GuardedStream(await response.Content.ReadAsStreamAsync(ct), Endpoint.Address);
        await foreach (var item in JsonSerializer.DeserializeAsyncEnumerable(body, type, topLevelValues: true, ct))
        {
            if (item is not null)
                yield return item;
        }
    }

    /// <summary>The body as bytes; losing the connection in the middle is DV3001.</summary>
    public async Task<Stream> OpenAsync(EngineCall call, CancellationToken ct)
    {
        var response = await SendAsync(call, ct);
        return new GuardedStream(await response.Content.ReadAsStreamAsync(ct), Endpoint.Address, response);
    }

    /// <summary>A connection that stops being HTTP after the answer: bytes pass in both directions.</summary>
    public async Task<HijackedConnection> HijackAsync(EngineCall call, CancellationToken ct)
    {
        var agreed = await AgreeAsync(ct);
        using var limit = new CancellationTokenSource(call.Timeout, _clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        try
        {
            return await HijackedConnection.OpenAsync(Endpoint, call with { Path = $"/v{agreed.Api}{call.Path}" }, both.Token);
        }
        catch (Exception failure) when (CanTranslate(failure, limit, ct))
        {
            throw Translate(failure, call);
        }
    }

    public void Dispose() => _http.Dispose();

    /// <summary>An engine that was upgraded between two calls refuses the version its predecessor spoke; null when it is the same one.</summary>
    private async Task<EngineVersion?> ReplacementAsync(EngineVersion agreed, CancellationToken ct)
    {
        Volatile.Write(ref _agreed, null);
        return await AgreeAsync(ct) is var now && now.Api != agreed.Api ? now : null;
    }

    private async Task<HttpResponseMessage> ExchangeAsync(EngineCall call, string prefix, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(call.Timeout, _clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        using var request = new HttpRequestMessage(call.Method, prefix + call.Path) { Content = call.Content?.Invoke() };
        if (call.Header is { } header)
            request.Headers.TryAddWithoutValidation(header.Name, header.Value);
        try
        {
            return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, both.Token);
        }
        catch (Exception failure) when (CanTranslate(failure, limit, ct))
        {
            throw Translate(failure, call);
        }
    }

    private async Task<T> ParseAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> type, EngineCall call, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(call.Timeout, _clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(both.Token);
            return await JsonSerializer.DeserializeAsync(body, type, both.Token)
                ?? throw new JsonException("an empty document");
        }
        catch (JsonException wrong)
        {
            throw new ProblemException(DriverProblems.RuntimeRefused(call.ToString(), (int)response.StatusCode, wrong.Message), wrong);
        }
        catch (Exception failure) when (CanTranslate(failure, limit, ct))
        {
            throw Translate(failure, call);
        }
    }

    private static bool CanTranslate(Exception failure, CancellationTokenSource limit, CancellationToken ct) => !ct.IsCancellationRequested
        && ((failure is OperationCanceledException && limit.IsCancellationRequested) || GuardedStream.IsLoss(failure));

    private ProblemException Translate(Exception failure, EngineCall call)
    {
        if (failure is OperationCanceledException)
            return new(DriverProblems.RuntimeTimeout(call.ToString(), call.Timeout), failure);

        Volatile.Write(ref _agreed, null);
        return new(DriverProblems.RuntimeUnreachable(Endpoint.Address, Innermost(failure)), failure);
    }

    private static string Innermost(Exception failure) => failure.InnerException is { } inner ? Innermost(inner) : failure.Message;

    private static async Task<string> ReadErrorAsync(HttpResponseMessage response, CancellationToken ct)
    {
        await using var body = await response.Content.ReadAsStreamAsync(ct);
        var buffer = new byte[LongestError];
        var read = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct);
        return ErrorReply.Read(buffer.AsSpan(0, read), response.StatusCode);
    }
}
