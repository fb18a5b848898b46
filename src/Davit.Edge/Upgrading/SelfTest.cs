using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using Davit.Edge.Control;
using Davit.Edge.Routing;
using Davit.Model;

namespace Davit.Edge.Upgrading;

/// <summary>
/// Tries a new process before it gets the traffic. The running one is the measure: the new one must have the same table, answer
/// on its control socket, and give the answers that this process gives.
/// </summary>
internal sealed class SelfTest(RouteTable table, Listeners listeners, TimeProvider clock)
{
    private const int MostRoutes = 16;
    private const int Attempts = 5;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <returns>Null when the new process is as good as this one.</returns>
    public async Task<string?> FindFaultAsync(Trial trial, EdgeStatus now, CancellationToken ct)
    {
        if (trial.Fault is not "")
            return $"it cannot serve: {trial.Fault.TrimEnd('.')}";

        return await ControlFaultAsync(trial, now, ct)
            ?? (trial.Http is "" || listeners.Endpoint("http") is not { } http ? null : await CompareAsync(http, trial.Http, tls: false, ct))
            ?? (trial.Https is "" || listeners.Endpoint("https") is not { } https ? null : await CompareAsync(https, trial.Https, tls: true, ct));
    }

    private static async Task<string?> ControlFaultAsync(Trial trial, EdgeStatus now, CancellationToken ct)
    {
        using var control = new EdgeControlClient(trial.Control);
        try
        {
            var status = await control.StatusAsync(ct);
            if (status.TableVersion != now.TableVersion)
                return FormattableString.Invariant($"it read table {status.TableVersion} from the disk, but table {now.TableVersion} is served");

            var missing = now.Environments.Where(e => e.Switch is not "").Select(e => e.Environment).Except(status.Environments.Select(e => e.Environment), StringComparer.Ordinal).FirstOrDefault();
            return missing is null ? null : $"its table lacks {missing}";
        }
        catch (ProblemException e)
        {
            return $"its control socket does not answer: {e.Problem.Detail}";
        }
    }

    /// <summary>An application may change its mind in between, so only an answer that stays different counts.</summary>
    private async Task<string?> CompareAsync(IPEndPoint own, string trial, bool tls, CancellationToken ct)
    {
        foreach (var (host, path) in Questions(tls))
        {
            var (wanted, got) = (0, -1);
            for (var attempt = 0; attempt < Attempts && wanted != got; attempt++)
            {
                if (attempt > 0)
                    await Task.Delay(Pause, clock, ct);

                wanted = await AskAsync(Reachable(own), tls, host, path, ct);
                got = await AskAsync(IPEndPoint.Parse(trial), tls, host, path, ct);
            }

            if (wanted is not 0 && wanted != got)
                return FormattableString.Invariant($"it answers {(got is 0 ? "nothing" : got)} to {host}{path}, where the running edge answers {wanted}");
        }

        return null;
    }

    private IEnumerable<(string Host, string Path)> Questions(bool tls) => table.Current.Routes
        .Where(r => r.Route.Kind is RouteKind.Http && (!tls || r.Route.Tls.Mode is not TlsMode.Off))
        .Select(r => (
            r.Route.Host is "" ? "self-check.example" : r.Route.Host.Replace("*", "self-check", StringComparison.Ordinal),
            r.Service.Spec.Probe is { Kind: ProbeKind.Http } probe && r.Service.Site is null && RoutePath.IsUnder(probe.Path, r.Route.PathPrefix) ? probe.Path : r.Route.PathPrefix))
        .Distinct()
        .Take(MostRoutes);

    /// <returns>The status, or 0 when there was no answer.</returns>
    private static async Task<int> AskAsync(IPEndPoint at, bool tls, string host, string path, CancellationToken ct)
    {
        using var http = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (_, stop) =>
            {
                var socket = new Socket(at.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(at, stop);
                return new NetworkStream(socket, ownsSocket: true);
            },
            AllowAutoRedirect = false,
            UseProxy = false,

            // Whether clients trust the certificate is not asked here, only whether the edge can serve it.
            SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = static (_, certificate, _, _) => certificate is not null },
        })
        {
            Timeout = Patience,
        };
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{(tls ? "https" : "http")}://{host}{path}");
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("davit-edge-self-test", null));
        try
        {
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            return (int)answer.StatusCode;
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return 0;
        }
    }

    private static IPEndPoint Reachable(IPEndPoint own) =>
        own.Address.Equals(IPAddress.IPv6Any) ? new(IPAddress.IPv6Loopback, own.Port) : own.Address.Equals(IPAddress.Any) ? new(IPAddress.Loopback, own.Port) : own;
}
