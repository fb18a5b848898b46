namespace Davit.Manifest.Shapes;

/// <summary>The top level of a Compose file.</summary>
internal static class ComposeShape
{
    private static readonly Shape External = S.FlagOrText.Or(S.Map(("name", S.Text)));

    private static readonly Shape Include = S.Text.Or(S.Map(
        ("path", S.TextOrTexts),
        ("env_file", S.TextOrTexts),
        ("project_directory", S.Text)).Closed());

    private static readonly Shape IpamPool = S.Map(
        ("subnet", S.Text),
        ("ip_range", S.Text),
        ("gateway", S.Text),
        ("aux_addresses", S.MapOf(S.Text)));

    private static readonly Shape Network = S.Null.Or(S.Map(
        ("name", S.Text),
        ("driver", S.Text),
        ("driver_opts", S.Options),
        ("ipam", S.Map(("driver", S.Text), ("config", S.List(IpamPool)), ("options", S.MapOf(S.Text)))),
        ("external", External),
        ("internal", S.FlagOrText),
        ("enable_ipv4", S.FlagOrText),
        ("enable_ipv6", S.FlagOrText),
        ("attachable", S.FlagOrText),
        ("labels", S.Pairs)));

    private static readonly Shape Volume = S.Null.Or(S.Map(
        ("name", S.Text),
        ("driver", S.Text),
        ("driver_opts", S.Options),
        ("external", External),
        ("labels", S.Pairs)));

    private static readonly Shape Secret = S.Map(
        ("name", S.Text),
        ("environment", S.Text),
        ("file", S.Text),
        ("external", External),
        ("labels", S.Pairs),
        ("driver", S.Text),
        ("driver_opts", S.Options),
        ("template_driver", S.Text));

    private static readonly Shape Config = S.Map(
        ("name", S.Text),
        ("content", S.Text),
        ("environment", S.Text),
        ("file", S.Text),
        ("external", External),
        ("labels", S.Pairs),
        ("template_driver", S.Text));

    private static readonly Shape Model = S.Map(
        ["model"],
        ("name", S.Text),
        ("model", S.Text),
        ("context_size", S.Integer),
        ("runtime_flags", S.PlainTexts));

    public static Shape Root { get; } = S.Map(
        ("version", S.Text.About("obsolete, ignored")),
        ("name", S.Text.About("the project name")),
        ("include", S.List(Include).About("other Compose files that become part of this one")),
        ("services", S.Named(ServiceShape.Service).About("the processes of the app")),
        ("models", S.Named(Model, open: true).About("language models")),
        ("networks", S.Named(Network, open: true).About("networks services talk over")),
        ("volumes", S.Named(Volume).About("data that outlives instances")),
        ("secrets", S.Named(Secret).About("secrets services read")),
        ("configs", S.Named(Config).About("configuration files services read")));
}
