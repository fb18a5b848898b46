using System.Collections.Immutable;
using System.Globalization;
using Davit.Model;

namespace Davit.Manifest.App.Reading;

/// <summary>Reads <c>health</c> and <c>liveness</c>, or derives what a kind of service needs.</summary>
/// <param name="ports">The service's ports by name.</param>
/// <param name="usual">The port routes reach.</param>
internal sealed class HealthReader(IReadOnlyDictionary<string, int> ports, int? usual)
{
    private static readonly TimeSpan LongestStartup = TimeSpan.FromDays(1);

    public HealthSpec Read(Reader reader)
    {
        var health = new HealthSpec(Probe(reader))
        {
            Interval = reader.Duration("interval") ?? HealthSpec.None.Interval,
            Timeout = reader.Duration("timeout") ?? HealthSpec.None.Timeout,
            Successes = reader.Int("successes") ?? 1,
            Failures = reader.Int("failures") ?? 3,
            Startup = reader.Duration("startup") ?? HealthSpec.None.Startup,
            Origin = HealthOrigin.Davit,
        };
        if (health.Interval <= TimeSpan.Zero)
            reader.Error(ManifestProblems.HealthInvalid, $"{reader.Below("interval")} must be above zero", "interval");
        if (health.Timeout <= TimeSpan.Zero)
            reader.Error(ManifestProblems.HealthInvalid, $"{reader.Below("timeout")} must be above zero", "timeout");
        if (health.Timeout > health.Startup)
            reader.Error(ManifestProblems.HealthInvalid, $"{reader.Path}: timeout ({Show(health.Timeout)}) is above startup ({Show(health.Startup)})", "timeout");
        return health;
    }

    /// <summary>What the Compose probe says, run inside the instance.</summary>
    public static HealthSpec? Of(HealthcheckSpec? healthcheck)
    {
        if (healthcheck is null || healthcheck.IsDisabled || healthcheck.Test is not { Length: > 1 } test || test[0] is "NONE")
            return null;
        var command = test[0] is "CMD-SHELL" ? ["/bin/sh", "-c", test[1]] : test.RemoveAt(0);
        return new HealthSpec(new HealthProbe.Command(command))
        {
            Interval = healthcheck.Interval is { } interval && interval > TimeSpan.Zero ? interval : TimeSpan.FromSeconds(30),
            Timeout = healthcheck.Timeout is { } timeout && timeout > TimeSpan.Zero ? timeout : TimeSpan.FromSeconds(30),
            Failures = healthcheck.Retries is > 0 and { } retries ? retries : 3,
            Startup = Startup(healthcheck),
            Origin = HealthOrigin.Compose,
        };
    }

    /// <summary>An HTTP service must answer below 500, a TCP one accept; everything else is ready when it runs.</summary>
    public static HealthSpec Usual(bool isHttp, bool isTcp, int? port) => (isHttp, isTcp, port) switch
    {
        (true, _, { } p) => new HealthSpec(new HealthProbe.Http(p, "/") { Expect = [new StatusRange(100, 499)] }),
        (_, true, { } p) => new HealthSpec(new HealthProbe.Tcp(p)),
        _ => HealthSpec.None,
    };

    public static ImmutableArray<StatusRange> Statuses(Reader reader, string key)
    {
        var texts = reader.Text(key) is { } one ? [one] : reader.Texts(key);
        var ranges = texts.Select(Range).ToArray();
        if (Array.Exists(ranges, r => r is null))
            reader.Error(ManifestProblems.HealthInvalid, $"{reader.Below(key)} must be status codes such as 200 or 200-399", key);
        var good = ranges.OfType<StatusRange>().Order(Comparer<StatusRange>.Create((a, b) => a.From.CompareTo(b.From))).ToImmutableArray();
        return good.IsEmpty ? [new StatusRange(200, 399)] : good;
    }

    private HealthProbe Probe(Reader reader) => Kind(reader) switch
    {
        "none" => new HealthProbe.Always(),
        "command" => Command(reader),
        "tcp" => new HealthProbe.Tcp(Port(reader)),
        "grpc" => new HealthProbe.Grpc(Port(reader), reader.Text("service")),
        _ => Http(reader),
    };

    private static string Kind(Reader reader) =>
        reader.Text("kind") ?? (reader.Has("command") ? "command" : reader.Has("path") || !reader.Has("port") ? "http" : "tcp");

    private static HealthProbe.Command Command(Reader reader)
    {
        var arguments = reader.Texts("command");
        if (arguments.IsEmpty)
            reader.Error(ManifestProblems.HealthInvalid, $"{reader.Path} needs a command as a list", "command");
        return new HealthProbe.Command(arguments);
    }

    private HealthProbe.Http Http(Reader reader)
    {
        var path = reader.Text("path");
        if (path is null || !path.StartsWith('/'))
            reader.Error(ManifestProblems.HealthInvalid, $"{reader.Path} needs a path that starts with '/'", path is null ? "" : "path");
        return new HealthProbe.Http(Port(reader), path ?? "/")
        {
            Host = reader.Text("host"),
            Headers = reader.Pairs("headers"),
            Expect = Statuses(reader, "expect"),
            Body = reader.Text("body"),
            ExpectHeader = reader.Text("header"),
        };
    }

    private int Port(Reader reader)
    {
        if (PortNames.Resolve(reader.Text("port"), ports) is { } port)
            return port;
        if (reader.Text("port") is { } named)
            reader.Error(ManifestProblems.HealthInvalid, $"{reader.Below("port")}: there is no port '{named}'", "port");
        else if (usual is null)
            reader.Error(ManifestProblems.HealthInvalid, $"{reader.Path} needs a port", "");
        return usual ?? 0;
    }

    private static StatusRange? Range(string text)
    {
        var parts = text.Split('-');
        if (parts.Length > 2 || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var from)
            || !int.TryParse(parts[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var to))
            return null;
        return from is >= 100 and <= 599 && to >= from && to <= 599 ? new StatusRange(from, to) : null;
    }

    /// <summary>The instance may fail until its start period is over and all retries are used up.</summary>
    private static TimeSpan Startup(HealthcheckSpec healthcheck)
    {
        var interval = healthcheck.Interval is { } given && given > TimeSpan.Zero ? given : TimeSpan.FromSeconds(30);
        var seconds = (healthcheck.StartPeriod ?? TimeSpan.Zero).TotalSeconds + ((healthcheck.Retries is > 0 and { } retries ? retries : 3) * interval.TotalSeconds);
        return TimeSpan.FromSeconds(Math.Clamp(seconds, HealthSpec.None.Startup.TotalSeconds, LongestStartup.TotalSeconds));
    }

    private static string Show(TimeSpan span) => Yaml.GoFormat.Duration(span.Ticks * 100);
}
