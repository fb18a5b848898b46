using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using Davit.Edge.Control;
using Davit.Edge.Routing;

namespace Davit.Edge.Probing;

/// <summary>Asks one target once. Every probe makes its own connection, because that is what the next user does.</summary>
internal sealed class Prober(TimeProvider clock) : IDisposable
{
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        UseCookies = false,
        ActivityHeadersPropagator = null,
        PooledConnectionIdleTimeout = TimeSpan.Zero,
        MaxResponseHeadersLength = 64,
    });

    public async Task<ProbeAttempt> ProbeAsync(Target target, ProbeSpec spec, TimeSpan timeout, CancellationToken ct)
    {
        var began = clock.GetTimestamp();
        var at = clock.GetUtcNow();
        var answer = await AskAsync(target, spec, timeout, ct);
        if (answer.Result is ProbeResult.WrongStatus && answer.Status is 400 or 403 or 404 or 421 && await KnowsAnotherHostAsync(target, spec, timeout, ct))
            answer = answer with { Result = ProbeResult.WrongHost };

        return new ProbeAttempt(at, answer.Result, answer.Status, clock.GetElapsedTime(began), answer.RedirectTarget, answer.Body);
    }

    public void Dispose() => _http.Dispose();

    private async Task<ProbeAnswer> AskAsync(Target target, ProbeSpec spec, TimeSpan timeout, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(timeout, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        try
        {
            return spec.Kind switch
            {
                ProbeKind.Http => await HttpProbe.AskAsync(_http, target, spec, both.Token),
                ProbeKind.Grpc => await GrpcProbe.AskAsync(_http, target, spec, both.Token),
                ProbeKind.Tcp => await ConnectAsync(Endpoint(target, spec), both.Token),
                ProbeKind.None => new ProbeAnswer(ProbeResult.Ready),
            };
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new ProbeAnswer(ProbeResult.TimedOut);
        }
        catch (Exception e) when (e is HttpRequestException or SocketException or IOException)
        {
            return new ProbeAnswer(Meaning(e));
        }
    }

    private async Task<bool> KnowsAnotherHostAsync(Target target, ProbeSpec spec, TimeSpan timeout, CancellationToken ct) =>
        spec.Kind is ProbeKind.Http
        && (await AskAsync(target, spec with { Host = spec.Host is "" ? "localhost" : target.Endpoint.ToString() }, timeout, ct)).Result is ProbeResult.Ready;

    internal static IPEndPoint Endpoint(Target target, ProbeSpec spec) => spec.Port is 0 ? target.Endpoint : new IPEndPoint(target.Endpoint.Address, spec.Port);

    private static async Task<ProbeAnswer> ConnectAsync(IPEndPoint endpoint, CancellationToken ct)
    {
        using var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(endpoint, ct);
        return new ProbeAnswer(ProbeResult.Ready);
    }

    [SuppressMessage("Style", "IDE0072", Justification = "Every other socket error means that the network does not lead there.")]
    private static ProbeResult Meaning(Exception fault)
    {
        for (var e = fault; e is not null; e = e.InnerException)
        {
            if (e is SocketException socket)
            {
                return socket.SocketErrorCode switch
                {
                    SocketError.ConnectionRefused => ProbeResult.ConnectionRefused,
                    SocketError.ConnectionReset or SocketError.Shutdown => ProbeResult.BrokenAnswer,
                    _ => ProbeResult.Unreachable,
                };
            }
        }

        return ProbeResult.BrokenAnswer;
    }
}
