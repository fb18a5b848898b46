using System.Collections.Immutable;
using Davit.Model;

namespace Davit.Manifest.App.Reading;

/// <summary>Reads the Compose part of one service into its record.</summary>
internal static class ServiceReader
{
    public static ServiceSpec Read(string name, Reader r, MountReader mounts) => new()
    {
        Name = name,
        Kind = ServiceKind.Worker,
        Image = r.Text("image"),
        Build = r.Has("build") ? BuildReader.Read(r.Child("build"), mounts) : null,
        Command = Command(r, "command"),
        Entrypoint = Command(r, "entrypoint"),
        Environment = r.Variables("environment"),
        Ports = [.. r.Items("ports").Select(Port).OrderBy(p => p.Target).ThenBy(p => p.Protocol, StringComparer.Ordinal).ThenBy(p => p.Published, StringComparer.Ordinal)],
        Expose = r.Set("expose"),
        Volumes = mounts.Read(name, r),
        Tmpfs = r.Set("tmpfs"),
        Networks = Maps.Empty<ServiceNetworkSpec>().AddRange(r.Named("networks").Select(n => KeyValuePair.Create(n.Key, Network(n.Value)))),
        Links = r.Has("links") ? r.Set("links") : null,
        DependsOn = Maps.Empty<DependencySpec>().AddRange(r.Named("depends_on").Select(d => KeyValuePair.Create(d.Key, Dependency(d.Value)))),
        Healthcheck = r.Has("healthcheck") ? Healthcheck(r.Child("healthcheck")) : null,
        Deploy = r.Has("deploy") ? DeployReader.Read(r.Child("deploy")) : null,
        Resources = ResourceReader.Read(r),
        Configs = [.. r.Items("configs").Select(c => FileReference(c, "/")).OrderBy(c => c.Target, StringComparer.Ordinal)],
        Secrets = [.. r.Items("secrets").Select(c => FileReference(c, "/run/secrets/")).OrderBy(c => c.Target, StringComparer.Ordinal)],
        PostStart = [.. r.Items("post_start").Select(Hook)],
        PreStop = [.. r.Items("pre_stop").Select(Hook)],
        Labels = r.Pairs("labels"),
        Annotations = r.Pairs("annotations"),
        Logging = r.Has("logging") ? new LoggingSpec(r.Child("logging").Text("driver"), r.Child("logging").Pairs("options")) : null,
        Runtime = RuntimeReader.Read(r),
        Platform = r.Text("platform"),
        PullPolicy = r.Text("pull_policy"),
        Restart = r.Text("restart"),
        StopSignal = r.Text("stop_signal"),
        StopGracePeriod = r.Bound("stop_grace_period"),
        Profiles = r.Set("profiles"),
        ContainerName = r.Text("container_name"),
    };

    public static FileReferenceSpec FileReference(Reader r, string directory)
    {
        var source = r.Text("source") ?? "";
        return new FileReferenceSpec(source, r.Text("target") ?? directory + source)
        {
            Uid = r.Text("uid"),
            Gid = r.Text("gid"),
            Mode = Mode(r),
        };
    }

    public static ExtraHostSpec Host(string pair) =>
        pair.IndexOf('=', StringComparison.Ordinal) is >= 0 and var cut ? new ExtraHostSpec(pair[..cut], pair[(cut + 1)..]) : new ExtraHostSpec(pair, "");

    private static int? Mode(Reader r)
    {
        if (r.Text("mode") is not { } octal)
            return null;
        var mode = Convert.ToInt64(octal, 8);
        if (mode is < 0 or > 0xFFF)
            r.Error(ManifestProblems.ValueInvalid, $"{r.Below("mode")} must be permission bits such as 0440", "mode");
        return (int)(mode & 0xFFF);
    }

    private static ImmutableArray<string>? Command(Reader r, string key) => r.Has(key) ? r.Texts(key) : null;

    private static PortSpec Port(Reader r) => new(r.Int("target") ?? 0, r.Text("published"))
    {
        Protocol = r.Text("protocol") ?? "tcp",
        HostIp = r.Text("host_ip"),
        Mode = r.Text("mode") ?? "ingress",
        Name = r.Text("name"),
        AppProtocol = r.Text("app_protocol"),
    };

    private static ServiceNetworkSpec Network(Reader r) => new()
    {
        Aliases = r.Set("aliases"),
        InterfaceName = r.Text("interface_name"),
        Ipv4Address = r.Text("ipv4_address"),
        Ipv6Address = r.Text("ipv6_address"),
        LinkLocalIps = r.Set("link_local_ips"),
        MacAddress = r.Text("mac_address"),
        Priority = r.Int("priority") ?? 0,
        GatewayPriority = r.Int("gw_priority") ?? 0,
        DriverOptions = r.Pairs("driver_opts"),
    };

    private static DependencySpec Dependency(Reader r) => new(r.Text("condition") switch
    {
        "service_healthy" => DependencyCondition.ServiceHealthy,
        "service_completed_successfully" => DependencyCondition.ServiceCompletedSuccessfully,
        _ => DependencyCondition.ServiceStarted,
    })
    {
        IsRequired = r.MaybeFlag("required") ?? true,
        Restart = r.Flag("restart"),
    };

    private static HealthcheckSpec Healthcheck(Reader r) => new()
    {
        Test = r.Has("test") ? r.Texts("test") : null,
        IsDisabled = r.Flag("disable"),
        Interval = r.Bound("interval"),
        Timeout = r.Bound("timeout"),
        Retries = r.Int("retries"),
        StartPeriod = r.Bound("start_period"),
        StartInterval = r.Bound("start_interval"),
    };

    private static HookSpec Hook(Reader r) => new(r.Texts("command"))
    {
        User = r.Text("user"),
        Privileged = r.Flag("privileged"),
        WorkingDirectory = r.Text("working_dir"),
        Environment = r.Variables("environment"),
    };
}
