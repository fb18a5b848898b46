namespace Davit.Manifest.Shapes;

/// <summary>What a service is connected to: ports, networks, volumes, files.</summary>
internal static class MountShape
{
    public static Shape Port { get; } = S.Map(
        ("name", S.Text),
        ("mode", S.Text),
        ("host_ip", S.Text),
        ("target", S.IntegerOrText),
        ("published", S.IntegerOrText),
        ("protocol", S.Text),
        ("app_protocol", S.Text));

    public static Shape ServiceNetwork { get; } = S.Map(
        ("aliases", S.Texts),
        ("interface_name", S.Text),
        ("ipv4_address", S.Text),
        ("ipv6_address", S.Text),
        ("link_local_ips", S.Texts),
        ("mac_address", S.Text),
        ("driver_opts", S.Options),
        ("priority", S.Number),
        ("gw_priority", S.Number));

    public static Shape ExtraHosts { get; } = S.MapOf(S.Text.Or(S.PlainTexts)).Or(S.Texts);

    public static Shape FileReferences { get; } = S.List(S.Text.Or(S.Map(
        ("source", S.Text),
        ("target", S.Text),
        ("uid", S.Text),
        ("gid", S.Text),
        ("mode", S.NumberOrText))));

    public static Shape Mount { get; } = S.Map(
        ["type"],
        ("type", S.OneOf("bind", "volume", "tmpfs", "cluster", "npipe", "image")),
        ("source", S.Text),
        ("target", S.Text),
        ("read_only", S.FlagOrText),
        ("consistency", S.Text),
        ("bind", S.Map(
            ("propagation", S.Text),
            ("create_host_path", S.FlagOrText),
            ("recursive", S.OneOf("enabled", "disabled", "writable", "readonly")),
            ("selinux", S.OneOf("z", "Z")))),
        ("volume", S.Map(("labels", S.Pairs), ("nocopy", S.FlagOrText), ("subpath", S.Text))),
        ("tmpfs", S.Map(("size", S.Text.Or(S.Integer) with { Min = 0 }), ("mode", S.NumberOrText))),
        ("image", S.Map(("subpath", S.Text))));
}
