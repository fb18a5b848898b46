using System.Collections.Frozen;

namespace Davit.Manifest.Validation;

/// <summary>The class of every key a Compose service can have. A test holds that no key of the schema is left out.</summary>
internal static class KeyClasses
{
    private const string Honoured = "annotations build cap_add cap_drop command configs cpus depends_on deploy dns dns_opt dns_search entrypoint env_file environment "
        + "expose extends extra_hosts group_add healthcheck hostname image init label_file labels mem_limit mem_reservation networks pids_limit platform ports post_start "
        + "pre_stop profiles pull_policy read_only restart scale secrets shm_size stdin_open stop_grace_period stop_signal sysctls tmpfs tty ulimits user volumes working_dir";

    private const string DriverLimited = "blkio_config cgroup cgroup_parent cpu_period cpu_quota cpu_rt_period cpu_rt_runtime cpu_shares cpuset device_cgroup_rules "
        + "domainname gpus ipc mac_address mem_swappiness memswap_limit network_mode oom_kill_disable oom_score_adj pid runtime storage_opt uts";

    private const string Capability = "devices privileged security_opt use_api_socket userns_mode";

    /// <summary>What happens instead.</summary>
    private static readonly FrozenDictionary<string, string> WithoutEffect = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["attach"] = "logs are collected from every service",
        ["container_name"] = "it is kept as an alias on the app's networks",
        ["develop"] = "it is used by local development only",
        ["links"] = "they are kept as aliases",
        ["logging"] = "Davit collects the logs",
        ["pull_refresh_after"] = "a release pins the image's digest",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What to use instead.</summary>
    private static readonly FrozenDictionary<string, string> Refused = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["cpu_count"] = "use cpus",
        ["cpu_percent"] = "use cpus",
        ["credential_spec"] = "use secrets",
        ["external_links"] = "use a network or a route",
        ["isolation"] = "it is for Windows containers only; remove it",
        ["models"] = "run the model as a service or use a variable with its address",
        ["pre_start"] = "use prestart in davit.yaml",
        ["provider"] = "use a service or a secret with the provider's address",
        ["volumes_from"] = "name the volumes under volumes",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, KeyClass> All = Enumerate().ToFrozenDictionary(StringComparer.Ordinal);

    public static IEnumerable<string> Keys => All.Keys;

    public static KeyClass Of(string key) => All.TryGetValue(key, out var found) ? found : KeyClass.Honoured;

    /// <summary>What happens or helps instead, for notes and refusals.</summary>
    public static string Instead(string key) => WithoutEffect.TryGetValue(key, out var note) ? note : Refused.TryGetValue(key, out var other) ? other : "";

    private static IEnumerable<KeyValuePair<string, KeyClass>> Enumerate() =>
    [
        .. Honoured.Split(' ').Select(k => KeyValuePair.Create(k, KeyClass.Honoured)),
        .. DriverLimited.Split(' ').Select(k => KeyValuePair.Create(k, KeyClass.DriverLimited)),
        .. Capability.Split(' ').Select(k => KeyValuePair.Create(k, KeyClass.Capability)),
        .. WithoutEffect.Keys.Select(k => KeyValuePair.Create(k, KeyClass.Note)),
        .. Refused.Keys.Select(k => KeyValuePair.Create(k, KeyClass.Refused)),
    ];
}
