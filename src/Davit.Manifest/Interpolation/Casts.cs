using System.Globalization;
using Davit.Manifest.Rules;
using Davit.Manifest.Yaml;

namespace Davit.Manifest.Interpolation;

/// <summary>Texts that become numbers and booleans by the place they stand at, as in the Compose reference.</summary>
internal static class Casts
{
    internal delegate ScalarNode? Cast(ScalarNode scalar);

    public static PathRules<Cast> Rules { get; } = PathRules<Cast>.Of(
    [
        .. ServicePaths(ToInteger, "cpu_count cpu_period cpu_quota cpu_rt_period cpu_rt_runtime cpu_shares deploy.replicas "
            + "deploy.update_config.parallelism deploy.rollback_config.parallelism deploy.restart_policy.max_attempts deploy.placement.max_replicas_per_node "
            + "healthcheck.retries oom_score_adj pids_limit ports.*.target scale ulimits.* ulimits.*.hard ulimits.*.soft"),
        .. ServicePaths(ToFloat, "cpu_percent deploy.update_config.max_failure_ratio deploy.rollback_config.max_failure_ratio cpus"),
        .. ServicePaths(ToFlag, "depends_on.*.required depends_on.*.restart init healthcheck.disable oom_kill_disable privileged read_only stdin_open tty "
            + "use_api_socket volumes.*.read_only volumes.*.volume.nocopy"),
        .. Paths(ToFlag, "networks.*.external networks.*.internal networks.*.attachable networks.*.enable_ipv4 networks.*.enable_ipv6 "
            + "volumes.*.external secrets.*.external configs.*.external"),
    ]);

    public static ScalarNode? ToInteger(ScalarNode scalar) =>
        long.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && scalar.Text.Length < 30
            ? scalar.With(ScalarKind.Integer, value.ToString(CultureInfo.InvariantCulture))
            : null;

    public static ScalarNode? ToFloat(ScalarNode scalar) =>
        double.TryParse(scalar.Text, NumberStyles.Float & ~(NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite), CultureInfo.InvariantCulture, out var value)
            ? scalar.With(ScalarKind.Float, value.ToString("R", CultureInfo.InvariantCulture))
            : null;

    public static ScalarNode? ToFlag(ScalarNode scalar) => scalar.Text.ToLowerInvariant() switch
    {
        "true" or "y" or "yes" or "on" => scalar.With(ScalarKind.Bool, "true"),
        "false" or "n" or "no" or "off" => scalar.With(ScalarKind.Bool, "false"),
        _ => null,
    };

    private static IEnumerable<(string, Cast)> ServicePaths(Cast cast, string paths) => paths.Split(' ').Select(p => ("services.*." + p, cast));

    private static IEnumerable<(string, Cast)> Paths(Cast cast, string paths) => paths.Split(' ').Select(p => (p, cast));
}
