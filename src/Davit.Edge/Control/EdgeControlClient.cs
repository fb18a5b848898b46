using System.Globalization;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Davit.Model;

namespace Davit.Edge.Control;

/// <summary>
/// Speaks to one edge over its unix socket. Every call may be repeated: the edge recognises ids it has seen. A call that
/// the edge refuses throws its <see cref="ProblemException"/>, except <see cref="SwitchAsync"/>, whose refusal is an answer.
/// </summary>
public sealed class EdgeControlClient : IDisposable
{
    private readonly string _socket;
    private readonly HttpClient _http;

    public EdgeControlClient(string socket)
    {
        _socket = socket;
        _http = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = (_, ct) => ConnectAsync(socket, ct),
            UseProxy = false,
            AllowAutoRedirect = false,
        })
        {
            BaseAddress = new Uri("http://edge/v1/"),
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>Returns when the table was swapped or the switch was refused, at the latest shortly after the request's deadline.</summary>
    public Task<SwitchOutcome> SwitchAsync(SwitchRequest request, CancellationToken ct) =>
        SendAsync(HttpMethod.Post, "switches", JsonContent.Create(request, ControlJson.Default.SwitchRequest), ControlJson.Default.SwitchOutcome, ct);

    /// <summary>Returns as soon as the drain is over, and otherwise when <paramref name="wait"/> has passed.</summary>
    public Task<DrainState> DrainAsync(string switchId, TimeSpan wait, CancellationToken ct) =>
        GetAsync(string.Create(CultureInfo.InvariantCulture, $"switches/{Uri.EscapeDataString(switchId)}/drain?wait={wait.TotalMilliseconds:0}"), ControlJson.Default.DrainState, ct);

    /// <summary>Takes the environment's slice out of the table and drains its targets under the switch id given.</summary>
    public Task<SwitchOutcome> RemoveAsync(string environment, string switchId, long fence, CancellationToken ct) => SendAsync(
        HttpMethod.Delete,
        string.Create(CultureInfo.InvariantCulture, $"environments/{Uri.EscapeDataString(environment)}?switch={Uri.EscapeDataString(switchId)}&fence={fence}"),
        content: null, ControlJson.Default.SwitchOutcome, ct);

    /// <summary>Instances that the engine saw end leave the table at once, without waiting for a probe.</summary>
    public Task<string[]> GoneAsync(string environment, string[] instances, CancellationToken ct) => SendAsync(
        HttpMethod.Post, $"environments/{Uri.EscapeDataString(environment)}/gone",
        JsonContent.Create(instances, ControlJson.Default.StringArray), ControlJson.Default.StringArray, ct);

    public Task<EdgeStatus> StatusAsync(CancellationToken ct) => GetAsync("status", ControlJson.Default.EdgeStatus, ct);

    /// <summary>The whole table as it serves now.</summary>
    public Task<EdgeEnvironment[]> TableAsync(CancellationToken ct) => GetAsync("table", ControlJson.Default.EdgeEnvironmentArray, ct);

    public Task<EnvironmentCounters> CountersAsync(string environment, CancellationToken ct) =>
        GetAsync($"environments/{Uri.EscapeDataString(environment)}/counters", ControlJson.Default.EnvironmentCounters, ct);

    /// <summary>What the old and the new side of each split service have answered.</summary>
    public Task<EnvironmentSplits> SplitsAsync(string environment, CancellationToken ct) =>
        GetAsync($"environments/{Uri.EscapeDataString(environment)}/splits", ControlJson.Default.EnvironmentSplits, ct);

    public Task<RouteTest> TestRouteAsync(Uri url, CancellationToken ct) =>
        GetAsync($"route-test?url={Uri.EscapeDataString(url.AbsoluteUri)}", ControlJson.Default.RouteTest, ct);

    /// <summary>Checks and stores a certificate; routes name it in <see cref="RouteTls.Certificate"/>.</summary>
    public Task<CertificateStatus> PutCertificateAsync(string name, CertificateUpload upload, CancellationToken ct) => SendAsync(
        HttpMethod.Put, $"certificates/{Uri.EscapeDataString(name)}",
        JsonContent.Create(upload, ControlJson.Default.CertificateUpload), ControlJson.Default.CertificateStatus, ct);

    public Task<CertificateStatus[]> CertificatesAsync(CancellationToken ct) => GetAsync("certificates", ControlJson.Default.CertificateStatusArray, ct);

    /// <summary>Holds requests of an environment back, turns them away, or serves them again; it stays so until it is set anew.</summary>
    public Task<EdgeTraffic> SetTrafficAsync(string environment, EdgeTraffic traffic, CancellationToken ct) => SendAsync(
        HttpMethod.Put, $"environments/{Uri.EscapeDataString(environment)}/traffic",
        JsonContent.Create(traffic, ControlJson.Default.EdgeTraffic), ControlJson.Default.EdgeTraffic, ct);

    /// <summary>Lets a new process take over the listening sockets. Returns when it accepts; a program that fails its self-test is refused and nothing changes.</summary>
    public Task<UpgradeOutcome> UpgradeAsync(string program, CancellationToken ct) => SendAsync(
        HttpMethod.Post, "upgrade", JsonContent.Create(new UpgradeRequest(program), ControlJson.Default.UpgradeRequest), ControlJson.Default.UpgradeOutcome, ct);

    /// <summary>How a process that was replaced tells its successor what it still does.</summary>
    public Task<TableMark> ReportAsync(PredecessorReport report, CancellationToken ct) => SendAsync(
        HttpMethod.Put, "predecessors", JsonContent.Create(report, ControlJson.Default.PredecessorReport), ControlJson.Default.TableMark, ct);

    public void Dispose() => _http.Dispose();

    private static async ValueTask<Stream> ConnectAsync(string path, CancellationToken ct)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private Task<T> GetAsync<T>(string path, JsonTypeInfo<T> form, CancellationToken ct) => SendAsync(HttpMethod.Get, path, content: null, form, ct);

    /// <summary>A connection that breaks may have led to a process that was just replaced; the next one leads to its successor.</summary>
    private async Task<HttpResponseMessage> SendTwiceAsync(HttpMethod method, string path, HttpContent? content, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        try
        {
            return await _http.SendAsync(request, ct);
        }
        catch (HttpRequestException e) when (e.HttpRequestError is not HttpRequestError.ConnectionError)
        {
            // Otherwise it would go with the first request.
            request.Content = null;
            using var again = new HttpRequestMessage(method, path) { Content = content };
            return await _http.SendAsync(again, ct);
        }
    }

    private async Task<T> SendAsync<T>(HttpMethod method, string path, HttpContent? content, JsonTypeInfo<T> form, CancellationToken ct)
    {
        try
        {
            using var response = await SendTwiceAsync(method, path, content, ct);
            if (response.IsSuccessStatusCode)
                return await response.Content.ReadFromJsonAsync(form, ct) ?? throw new JsonException("null");

            var problem = await response.Content.ReadFromJsonAsync(ControlJson.Default.Problem, ct) ?? throw new JsonException("null");
            throw new ProblemException(problem);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or JsonException)
        {
            throw new ProblemException(EdgeProblems.Unreachable(_socket, e is JsonException ? "it did not answer in the control protocol" : "it did not answer"), e);
        }
    }
}
