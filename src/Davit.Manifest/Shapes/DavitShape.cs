namespace Davit.Manifest.Shapes;

/// <summary>The top level of <c>davit.yaml</c>.</summary>
internal static class DavitShape
{
    private static readonly Shape Expect = S.IntegerOrText.Or(S.List(S.IntegerOrText));

    private static readonly Shape Route = S.Map(
        ("kind", S.OneOf("http", "tcp", "tls-passthrough").About("what the edge does with a connection; http unless listen is given")),
        ("host", S.Text.About("the hostname; the app's default host when left out")),
        ("path", S.Text.About("the path prefix")),
        ("strip", S.Flag.About("take the path prefix off before forwarding")),
        ("service", S.Text.About("the service that answers")),
        ("port", S.IntegerOrText.About("the port inside the instance, by number or name")),
        ("listen", S.Integer.About("the edge's port for tcp and tls-passthrough")),
        ("timeout", S.Text.About("how long a request may take")),
        ("tls", S.OneOf("auto", "off", "required").About("auto, off or required")));

    private static readonly Shape Release = S.Map(
        ["name", "service", "command"],
        ("name", S.Text),
        ("service", S.Text),
        ("command", S.PlainTexts),
        ("when", S.OneOf("before", "after", "manual")),
        ("deadline", S.Text),
        ("backward", S.Flag));

    private static readonly Shape Check = S.Map(
        ["name"],
        ("name", S.Text),
        ("service", S.Text),
        ("timeout", S.Text),
        ("attempts", S.Integer with { Min = 1, Max = 100 }),
        ("http", S.Map(["path"], ("path", S.Text), ("method", S.Text), ("host", S.Text), ("headers", S.MapOf(S.Text)), ("expect", Expect), ("body", S.Text))),
        ("command", S.PlainTexts));

    private static readonly Shape Volume = S.Null.Or(S.Map(
        ("size", S.Text),
        ("shared", S.Flag),
        ("backup", S.Map(["every"], ("every", S.Text), ("keep", S.Integer with { Min = 1 })))));

    private static readonly Shape Variable = S.Null.Or(S.OneOf("string", "number", "boolean", "url", "enum")).Or(S.Map(
        ("type", S.OneOf("string", "number", "boolean", "url", "enum")),
        ("required", S.Flag),
        ("default", S.NumberOrText.Or(S.Flag)),
        ("description", S.Text),
        ("values", S.PlainTexts)));

    private static readonly Shape Retention = S.Map(
        ("releases", S.Integer with { Min = 1, Max = 1000 }),
        ("logs", S.Text),
        ("logSize", S.Text));

    private static readonly Shape Secrets = S.Map(("required", S.Texts));

    /// <summary>Keys that other parts of the platform read; their insides are theirs.</summary>
    private static readonly (string Key, Shape Shape)[] Elsewhere = [.. ((string[])
        ["contracts", "targets", "policies", "databases", "migrations", "project", "discover", "defaults", "reads", "ledger", "recipes", "barriers", "tests", "hosts",
            "infra", "pipelines", "notify", "sources", "previews"]).Select(k => (k, S.Any.About("described on its own page")))];

    private static readonly (string Key, Shape Shape)[] Varying =
    [
        ("services", S.Named(DavitServiceShape.Service).About("the services, with what Compose cannot say")),
        ("routes", S.List(Route).About("what the edge serves")),
        ("release", S.List(Release).About("commands that run once per deployment")),
        ("checks", S.List(Check).About("what must hold before traffic moves")),
        ("volumes", S.Named(Volume).About("size, sharing and backup of volumes")),
        ("variables", S.MapOf(Variable).About("the configuration the app expects")),
        ("secrets", Secrets.About("secrets without which nothing is deployed")),
        ("retention", Retention.About("how many releases stay ready to go back to, and how long logs are kept")),
    ];

    private static readonly Shape Environment = S.Null.Or(S.Map(
    [
        ("driver", S.Text), ("profiles", S.Texts), ("protected", S.Flag), ("extends", S.Text), .. Nullable(Varying), .. Elsewhere,
    ]));

    public static Shape Root { get; } = S.Map(
        ["davit"],
    [
        ("davit", S.Integer.About("the version of this file, 1")),
        ("app", S.Text.About("the app's name")),
        ("compose", S.TextOrTexts.About("the Compose files, in merge order")),
        ("profiles", S.Texts.About("active Compose profiles")),
        .. Varying,
        ("environments", S.Named(Environment).About("what differs per environment")),
        .. Elsewhere,
    ]);

    /// <summary>In an overlay, null removes.</summary>
    private static IEnumerable<(string Key, Shape Shape)> Nullable((string Key, Shape Shape)[] keys) => keys.Select(k => (k.Key, Loose(k.Shape)));

    private static Shape Loose(Shape shape) => S.Null.Or(shape with
    {
        Map = shape.Map is not { } map ? null : map with
        {
            Known = map.Known.ToDictionary(k => k.Key, k => Loose(k.Value), StringComparer.Ordinal),
            Others = map.Others is null ? null : Loose(map.Others),
            Required = [],
        },
    });
}
