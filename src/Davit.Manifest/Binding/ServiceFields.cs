using Davit.Manifest.Yaml;
using static Davit.Manifest.Binding.Collections;
using static Davit.Manifest.Binding.Scalars;

namespace Davit.Manifest.Binding;

/// <summary>The fields of a bound service, as the reference's output has them.</summary>
internal static class ServiceFields
{
    private static readonly Struct Logging = new(("driver", Text), ("options", Pairs));

    private static readonly Struct Healthcheck = new(
        ("test", Commands.Test), ("timeout", Duration), ("interval", Duration), ("retries", KeptInteger), ("start_period", Duration),
        ("start_interval", Duration), ("disable", Flag));

    private static readonly Struct Dependency = new(("condition", Text), ("restart", Flag), ("required", KeptFlag))
    {
        Always = [("required", n => n.BoolHere(true))],
    };

    private static readonly Struct Network = new(
        ("priority", Integer), ("gw_priority", Integer), ("aliases", Texts), ("interface_name", Text), ("ipv4_address", Text), ("ipv6_address", Text),
        ("link_local_ips", Texts), ("mac_address", Text), ("driver_opts", Pairs));

    private static readonly Struct Port = new(
        ("name", Text), ("mode", Text), ("host_ip", Text), ("target", Integer), ("published", Text), ("protocol", Text), ("app_protocol", Text));

    private static readonly Struct Device = new(("source", Text), ("target", Text), ("permissions", Text));

    private static readonly Struct Mount = new(
        ("type", Text), ("source", Text), ("target", Text), ("read_only", Flag), ("consistency", Text),
        ("bind", new Struct(("selinux", Text), ("propagation", Text), ("create_host_path", KeptFlag), ("recursive", Text)).Bind),
        ("volume", new Struct(("labels", Pairs), ("nocopy", Flag), ("subpath", Text)).Bind),
        ("tmpfs", new Struct(("size", Bytes), ("mode", TmpfsMode)).Bind),
        ("image", new Struct(("subpath", Text)).Bind));

    private static readonly Struct Provider = new(("type", Text), ("options", MultiOptions));

    private static readonly Struct Model = new(("endpoint_var", Text), ("model_var", Text));

    private static readonly Struct CredentialSpec = new(("config", Text), ("file", Text), ("registry", Text));

    private static readonly Struct EnvFile = new(("path", Text), ("required", KeptFlag), ("format", Text));

    public static Struct Service { get; } = new([.. First(), .. Second(), .. Third()])
    {
        Always = [("command", n => n.NullHere()), ("entrypoint", n => n.NullHere())],
    };

    private static (string Key, Codec Codec)[] First() =>
    [
        ("profiles", Texts), ("annotations", Pairs), ("attach", KeptFlag), ("build", BuildFields.Build.Bind), ("develop", DeployFields.Develop.Bind),
        ("blkio_config", DeployFields.BlockIo.Bind), ("cap_add", Texts), ("cap_drop", Texts), ("cgroup_parent", Text), ("cgroup", Text),
        ("cpu_count", Integer), ("cpu_percent", Real), ("cpu_period", Integer), ("cpu_quota", Integer), ("cpu_rt_period", Integer),
        ("cpu_rt_runtime", Integer), ("cpus", Real), ("cpuset", Text), ("cpu_shares", Integer), ("command", Commands.Shell),
        ("configs", ListOf(BuildFields.FileReference.Bind)), ("container_name", Text), ("credential_spec", CredentialSpec.Bind),
        ("depends_on", MapOf(Dependency.Bind)), ("deploy", DeployFields.Deploy.Bind), ("device_cgroup_rules", Texts), ("devices", ListOf(Device.Bind)),
        ("dns", Texts), ("dns_opt", Texts), ("dns_search", Texts), ("domainname", Text),
    ];

    private static (string Key, Codec Codec)[] Second() =>
    [
        ("entrypoint", Commands.Shell), ("environment", Variables), ("env_file", ListOf(EnvFile.Bind)), ("expose", Printed), ("extends", Extends),
        ("external_links", Texts), ("extra_hosts", Commands.Hosts), ("group_add", Printed), ("gpus", ListOf(DeployFields.DeviceRequest.Bind)), ("hostname", Text),
        ("healthcheck", Healthcheck.Bind), ("image", Text), ("init", KeptFlag), ("ipc", Text), ("isolation", Text), ("labels", Pairs),
        ("label_file", Texts), ("links", Texts), ("logging", Logging.Bind), ("mem_limit", Bytes), ("mem_reservation", Bytes), ("memswap_limit", Bytes),
        ("mem_swappiness", Bytes), ("mac_address", Text), ("models", MapOf(Model.Bind)), ("network_mode", Text), ("networks", MapOf(Network.Bind)),
        ("oom_kill_disable", Flag), ("oom_score_adj", Integer), ("pid", Text), ("pids_limit", Integer), ("platform", Text),
    ];

    private static (string Key, Codec Codec)[] Third() =>
    [
        ("ports", ListOf(Port.Bind)), ("post_start", ListOf(DeployFields.Hook.Bind)), ("pre_start", ListOf(DeployFields.Hook.Bind)),
        ("pre_stop", ListOf(DeployFields.Hook.Bind)), ("privileged", Flag), ("provider", Provider.Bind), ("pull_policy", Text), ("read_only", Flag),
        ("restart", Text), ("runtime", Text), ("scale", KeptInteger), ("secrets", ListOf(BuildFields.FileReference.Bind)), ("security_opt", Texts),
        ("shm_size", Bytes), ("stdin_open", Flag), ("stop_grace_period", Duration), ("stop_signal", Text), ("storage_opt", Pairs), ("sysctls", Pairs),
        ("tmpfs", Texts), ("tty", Flag), ("ulimits", MapOf(Commands.Ulimit)), ("use_api_socket", Flag), ("user", Text), ("userns_mode", Text),
        ("uts", Text), ("volumes", ListOf(Mount.Bind)), ("volumes_from", Texts), ("working_dir", Text), ("pull_refresh_after", Text),
    ];

    private static Node? Extends(Node value, BindContext at) => new Struct(("file", Text), ("service", Text)).Bind(value, at);

    private static Node? TmpfsMode(Node value, BindContext at) =>
        value is ScalarNode { Kind: ScalarKind.Text } ? Mode(value, at) is ScalarNode mode ? mode.With(ScalarKind.Integer, Convert.ToInt64(mode.Text, 8).ToString(System.Globalization.CultureInfo.InvariantCulture)) : null : Integer(value, at);
}
