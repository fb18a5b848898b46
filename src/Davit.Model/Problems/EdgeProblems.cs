using System.Collections.Immutable;

namespace Davit.Model;

/// <summary>DV5000 to DV5799: the edge.</summary>
public static class EdgeProblems
{
    private static readonly ProblemCode EdgeUnreachable = new("DV5001", "edge-unreachable", "The edge does not answer", 503, IsRetryable: true);
    private static readonly ProblemCode FenceStale = new("DV5002", "edge-fence-stale", "A newer lease owns this environment", 409);
    private static readonly ProblemCode TargetsNotReady = new("DV5003", "edge-targets-not-ready", "The new targets did not become ready", 409, IsRetryable: true);
    private static readonly ProblemCode TableRefused = new("DV5004", "edge-table-refused", "The routes cannot be served as described", 422);
    private static readonly ProblemCode RouteTaken = new("DV5005", "edge-route-taken", "Another environment owns this route", 409);
    private static readonly ProblemCode SwitchUnknown = new("DV5006", "edge-switch-unknown", "The edge knows no such switch", 404);
    private static readonly ProblemCode EnvironmentUnknown = new("DV5007", "edge-environment-unknown", "The edge serves no such environment", 404);
    private static readonly ProblemCode CertificateRefused = new("DV5008", "edge-certificate-refused", "The certificate cannot be used", 422);
    private static readonly ProblemCode PortRefused = new("DV5009", "edge-port-refused", "The edge cannot listen on this port", 409);
    private static readonly ProblemCode RequestRefused = new("DV5010", "edge-request-refused", "The edge does not understand the request", 400);
    private static readonly ProblemCode OptionRefused = new("DV5011", "edge-option-refused", "The edge was started with an option it cannot use", 400);
    private static readonly ProblemCode TableUnwritable = new("DV5012", "edge-table-unwritable", "The edge cannot store its table", 503, IsRetryable: true);

    private static readonly ProblemCode UpgradeNotDone = new("DV5013", "edge-upgrade-refused", "The new edge program is not used", 409);
    private static readonly ProblemCode UpgradeRunning = new("DV5014", "edge-upgrade-running", "An upgrade of the edge is under way", 409, IsRetryable: true);

    private static readonly ProblemCode TrafficRefused = new("DV5015", "edge-traffic-refused", "Traffic cannot be treated like that", 422);

    public static ImmutableArray<ProblemCode> All { get; } =
    [
        EdgeUnreachable, FenceStale, TargetsNotReady, TableRefused, RouteTaken, SwitchUnknown,
        EnvironmentUnknown, CertificateRefused, PortRefused, RequestRefused, OptionRefused, TableUnwritable,
        UpgradeNotDone, UpgradeRunning, TrafficRefused,
    ];

    public static Problem Unreachable(string socket, string why) => new(
        EdgeUnreachable, $"The edge behind {socket} cannot be asked: {why}. It keeps serving its last table if it runs.",
        "systemctl status davit-edge");

    public static Problem StaleFence(string environment, long given, long seen) => new(
        FenceStale, $"The request for {environment} carries fence {given}, but the edge has seen {seen}. The table was not changed.",
        "davit deployments list");

    /// <param name="waited">The deadline that passed.</param>
    /// <param name="summary">One clause per target, such as <c>web 10.0.0.3:8080 answered 500</c>.</param>
    public static Problem NotReady(TimeSpan waited, string summary) => new(
        TargetsNotReady, $"After {waited.TotalSeconds:0.#} s not every new target was ready: {summary}. All traffic stayed on the old targets.",
        "davit logs --since 5m");

    public static Problem BadTable(string why) => new(TableRefused, $"{why} The old table keeps serving.", "davit validate");

    public static Problem Taken(string route, string owner) => new(
        RouteTaken, $"{route} already belongs to {owner}. The old table keeps serving.", "davit route list --all");

    public static Problem UnknownSwitch(string id) => new(
        SwitchUnknown, $"No switch '{id}' is known; the edge remembers the last thousand since it started, and the newest of each environment. Nothing was changed.",
        "davit edge status");

    public static Problem UnknownEnvironment(string id) => new(
        EnvironmentUnknown, $"The table has no environment '{id}'. Nothing was changed.", "davit edge status");

    public static Problem BadCertificate(string name, string why) => new(
        CertificateRefused, $"The certificate '{name}' was not stored: {why}. Certificates in use stay as they are.",
        "openssl x509 -noout -text -in chain.pem");

    public static Problem BadPort(int port, string why) => new(
        PortRefused, $"Port {port} cannot be listened on: {why}. The old table keeps serving.", $"ss -ltnp sport = :{port}");

    public static Problem BadRequest(string why) => new(
        RequestRefused, $"The control request was not understood: {why}. Nothing was changed.", "davit version --all");

    public static Problem BadOption(string why) => new(OptionRefused, $"{why} The edge did not start.", "davit-edge --help");

    public static Problem UpgradeRefused(string program, string why) => new(
        UpgradeNotDone, $"{program} does not take over: {why}. The running edge goes on as it was, and no connection was touched.", "davit-edge --version");

    public static Problem UpgradeRuns() => new(
        UpgradeRunning, "Another upgrade has begun, or this process has been replaced already. Nothing was changed.", "davit edge status");

    public static Problem BadTraffic(string why) => new(
        TrafficRefused, $"{why} Requests are treated as before.", "davit maintenance on --help");

    public static Problem Unwritable(string directory, string why) => new(
        TableUnwritable, $"The table could not be written to {directory}: {why}. It was not put to use; the old table keeps serving.",
        $"df -h {directory}");
}
