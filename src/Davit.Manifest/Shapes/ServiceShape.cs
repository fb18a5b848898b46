namespace Davit.Manifest.Shapes;

/// <summary>One service of a Compose file.</summary>
internal static class ServiceShape
{
    public static Shape Service { get; } = S.Map(
    [
        .. Identity(), .. Process(), .. Sandbox(), .. Resources(), .. Networking(), .. Storage(), .. Operation(),
    ]);

    private static (string Key, Shape Shape)[] Identity() =>
    [
        ("image", S.Text),
        ("build", BuildShape.Build),
        ("extends", S.Text.Or(S.Map(["service"], ("service", S.Text), ("file", S.Text)).Closed())),
        ("profiles", S.Texts),
        ("platform", S.Text),
        ("pull_policy", S.Text with { Pattern = S.PullPolicyForm() }),
        ("pull_refresh_after", S.Text),
        ("container_name", S.Text with { Pattern = S.ContainerNameForm() }),
        ("hostname", S.Text),
        ("domainname", S.Text),
        ("labels", S.Pairs),
        ("label_file", S.Text.Or(S.PlainTexts)),
        ("annotations", S.Pairs),
        ("attach", S.FlagOrText),
        ("develop", LifecycleShape.Develop),
        ("provider", S.Map(["type"], ("type", S.Text), ("options", S.MapOf(S.NumberOrText.Or(S.Flag).Or(S.List(S.NumberOrText.Or(S.Flag))))))),
        ("models", S.Texts.Or(S.Named(S.Null.Or(S.Map(("endpoint_var", S.Text), ("model_var", S.Text))), open: true))),
    ];

    private static (string Key, Shape Shape)[] Process() =>
    [
        ("command", S.Command),
        ("entrypoint", S.Command),
        ("environment", S.Pairs),
        ("env_file", LifecycleShape.EnvFile),
        ("user", S.Text),
        ("group_add", S.List(S.NumberOrText, unique: true)),
        ("working_dir", S.Text),
        ("init", S.FlagOrText),
        ("tty", S.FlagOrText),
        ("stdin_open", S.FlagOrText),
        ("stop_signal", S.Text),
        ("stop_grace_period", S.Text),
    ];

    private static (string Key, Shape Shape)[] Sandbox() =>
    [
        ("cap_add", S.Texts),
        ("cap_drop", S.Texts),
        ("privileged", S.FlagOrText),
        ("read_only", S.FlagOrText),
        ("security_opt", S.Texts),
        ("sysctls", S.Pairs),
        ("userns_mode", S.Text),
        ("ipc", S.Text),
        ("pid", S.Text.Or(S.Null)),
        ("uts", S.Text),
        ("cgroup", S.OneOf("host", "private")),
        ("cgroup_parent", S.Text),
        ("isolation", S.Text),
        ("runtime", S.Text),
        ("use_api_socket", S.Flag),
        ("credential_spec", S.Map(("config", S.Text), ("file", S.Text), ("registry", S.Text))),
    ];

    private static (string Key, Shape Shape)[] Resources() =>
    [
        ("blkio_config", ResourceShape.BlockIo),
        ("cpu_count", S.Text.Or(S.Integer) with { Min = 0 }),
        ("cpu_percent", S.Text.Or(S.Integer) with { Min = 0, Max = 100 }),
        ("cpu_shares", S.NumberOrText),
        ("cpu_quota", S.NumberOrText),
        ("cpu_period", S.NumberOrText),
        ("cpu_rt_period", S.NumberOrText),
        ("cpu_rt_runtime", S.NumberOrText),
        ("cpus", S.NumberOrText),
        ("cpuset", S.Text),
        ("mem_limit", S.NumberOrText),
        ("mem_reservation", S.IntegerOrText),
        ("mem_swappiness", S.IntegerOrText),
        ("memswap_limit", S.NumberOrText),
        ("oom_kill_disable", S.FlagOrText),
        ("oom_score_adj", S.Text.Or(S.Integer) with { Min = -1000, Max = 1000 }),
        ("pids_limit", S.NumberOrText),
        ("shm_size", S.NumberOrText),
        ("ulimits", ResourceShape.Ulimits),
        ("gpus", S.OneOf("all").Or(S.List(ResourceShape.Gpu))),
        ("devices", S.List(S.Text.Or(S.Map(["source"], ("source", S.Text), ("target", S.Text), ("permissions", S.Text))))),
        ("device_cgroup_rules", S.Texts),
        ("storage_opt", S.Any with { Kinds = Kinds.None, List = null }),
    ];

    private static (string Key, Shape Shape)[] Networking() =>
    [
        ("networks", S.Texts.Or(S.Named(S.Null.Or(MountShape.ServiceNetwork)))),
        ("network_mode", S.Text),
        ("mac_address", S.Text),
        ("ports", S.List(S.NumberOrText.Or(MountShape.Port), unique: true)),
        ("expose", S.List(S.IntegerOrText, unique: true)),
        ("links", S.Texts),
        ("external_links", S.Texts),
        ("extra_hosts", MountShape.ExtraHosts),
        ("dns", S.TextOrTexts),
        ("dns_opt", S.Texts),
        ("dns_search", S.TextOrTexts),
    ];

    private static (string Key, Shape Shape)[] Storage() =>
    [
        ("volumes", S.List(S.Text.Or(MountShape.Mount), unique: true)),
        ("volumes_from", S.Texts),
        ("tmpfs", S.TextOrTexts),
        ("configs", MountShape.FileReferences),
        ("secrets", MountShape.FileReferences),
    ];

    private static (string Key, Shape Shape)[] Operation() =>
    [
        ("deploy", DeployShape.Deploy),
        ("depends_on", S.Texts.Or(S.Named(LifecycleShape.Dependency))),
        ("healthcheck", LifecycleShape.Healthcheck),
        ("logging", S.Map(("driver", S.Text), ("options", S.MapOf(S.NumberOrText.Or(S.Null))))),
        ("restart", S.Text),
        ("scale", S.IntegerOrText),
        ("pre_start", S.List(LifecycleShape.StartHook)),
        ("post_start", S.List(LifecycleShape.Hook)),
        ("pre_stop", S.List(LifecycleShape.Hook)),
    ];
}
