using System.Collections.Immutable;
using Davit.Manifest.Yaml;

namespace Davit.Manifest.App.Reading;

internal static class RuntimeReader
{
    public static RuntimeSpec Read(Reader r) => new()
    {
        User = r.Text("user"),
        WorkingDirectory = r.Text("working_dir"),
        Hostname = r.Text("hostname"),
        DomainName = r.Text("domainname"),
        Init = r.MaybeFlag("init"),
        Tty = r.Flag("tty"),
        StdinOpen = r.Flag("stdin_open"),
        ReadOnly = r.Flag("read_only"),
        Privileged = r.Flag("privileged"),
        CapAdd = r.Set("cap_add"),
        CapDrop = r.Set("cap_drop"),
        Devices = [.. r.Items("devices").Select(d => new DeviceSpec(d.Text("source") ?? "", d.Text("target") ?? d.Text("source") ?? "", d.Text("permissions") ?? "rwm"))],
        DeviceCgroupRules = r.Set("device_cgroup_rules"),
        Dns = r.Texts("dns"),
        DnsOptions = r.Set("dns_opt"),
        DnsSearch = r.Texts("dns_search"),
        ExtraHosts = [.. r.Texts("extra_hosts").Select(ServiceReader.Host)],
        GroupAdd = r.Set("group_add"),
        SecurityOptions = r.Set("security_opt"),
        Sysctls = r.Pairs("sysctls"),
        Ulimits = Ulimits(r),
        StorageOptions = r.Pairs("storage_opt"),
        ShmSize = r.Long("shm_size"),
        NetworkMode = r.Text("network_mode"),
        MacAddress = r.Text("mac_address"),
        Ipc = r.Text("ipc"),
        Pid = r.Text("pid"),
        Uts = r.Text("uts"),
        UsernsMode = r.Text("userns_mode"),
        Cgroup = r.Text("cgroup"),
        CgroupParent = r.Text("cgroup_parent"),
        OciRuntime = r.Text("runtime"),
        UsesApiSocket = r.MaybeFlag("use_api_socket"),
        OomKillDisable = r.Flag("oom_kill_disable"),
        OomScoreAdjustment = r.Int("oom_score_adj"),
    };

    public static ImmutableSortedDictionary<string, UlimitSpec> Ulimits(Reader r) => Maps.Empty<UlimitSpec>().AddRange(
        r.Map.Child("ulimits").Entries.Select(e => KeyValuePair.Create(e.Key, Ulimit(e.Value, r))));

    private static UlimitSpec Ulimit(Node value, Reader r)
    {
        if (value is ScalarNode scalar && scalar.TryLong(out var single))
            return new UlimitSpec(single, single);
        var both = new Reader(value as MapNode ?? new MapNode(), r.Path, r.Faults);
        return new UlimitSpec(both.Long("soft") ?? 0, both.Long("hard") ?? both.Long("soft") ?? 0);
    }
}
