namespace Davit.Manifest.Shapes;

/// <summary>One service of <c>davit.yaml</c>: everything Compose has, and what Compose cannot say.</summary>
internal static class DavitServiceShape
{
    private static readonly (string Key, Shape Shape)[] Probe =
    [
        ("kind", S.OneOf("http", "tcp", "command", "grpc", "none").About("http unless something else says otherwise")),
        ("path", S.Text),
        ("port", S.IntegerOrText),
        ("host", S.Text),
        ("headers", S.MapOf(S.Text)),
        ("expect", S.IntegerOrText.Or(S.List(S.IntegerOrText)).About("status codes, such as 200 or 200-399")),
        ("body", S.Text.About("text the answer must contain")),
        ("header", S.Text.About("a header the answer must carry")),
        ("command", S.PlainTexts),
        ("service", S.Text.About("the gRPC health service")),
        ("interval", S.Text.About("2s")),
        ("timeout", S.Text.About("2s")),
        ("successes", S.Integer with { Min = 1, Max = 100 }),
        ("failures", S.Integer with { Min = 1, Max = 100 }),
        ("startup", S.Text.About("2m")),
    ];

    private static readonly Shape Share = S.IntegerOrText;

    private static readonly Shape Rollout = S.Map(
        ("strategy", S.OneOf("rolling", "blue-green", "canary", "stop-first")),
        ("surge", Share),
        ("unavailable", Share),
        ("batch", Share),
        ("delay", S.Text),
        ("settle", S.Text),
        ("failure", S.OneOf("rollback", "pause")),
        ("keep", S.Text),
        ("steps", S.List(S.Map(["percent", "for"], ("percent", S.Integer with { Min = 1, Max = 100 }), ("for", S.Text)))),
        ("stickyHeader", S.Text),
        ("watch", S.Text),
        ("return", S.OneOf("auto", "notify")),
        ("drain", S.Text));

    private static readonly Shape Resources = S.Map(
        ("cpus", S.Number),
        ("memory", S.Text),
        ("pids", S.Integer with { Min = 1 }),
        ("reserve", S.Map(("cpus", S.Number), ("memory", S.Text))));

    private static readonly Shape Headers = S.List(new Shape
    {
        Map = S.Map(["match"], ("match", S.Text)).Map! with { Others = S.Text, TakesExtensions = false },
    });

    /// <summary>The keys that are Davit's own.</summary>
    public static (string Key, Shape Shape)[] Own { get; } =
    [
        ("kind", S.OneOf("web", "worker", "job", "static", "stateful").About("derived when left out")),
        ("port", S.IntegerOrText.About("the port routes reach, by number or name")),
        ("health", S.OneOf("none").Or(S.Map(Probe)).About("when an instance is ready")),
        ("liveness", S.Map(Probe).About("when a ready instance is replaced; off unless given")),
        ("rollout", Rollout.About("how a new release takes over")),
        ("scale", S.Integer.Or(S.Map(("min", S.Integer), ("max", S.Integer))).About("how many instances")),
        ("resources", Resources.About("what an instance may use")),
        ("directory", S.Text.About("the files of a static service")),
        ("spa", S.Flag.About("unknown paths answer with index.html")),
        ("notFound", S.Text.About("the page of a 404")),
        ("headers", Headers.About("headers by path")),
        ("schedule", S.Text.About("five cron fields")),
        ("timezone", S.Text),
        ("concurrency", S.OneOf("forbid", "queue", "replace")),
        ("deadline", S.Text),
        ("retries", S.Integer with { Min = 0, Max = 100 }),
        ("keep", S.Integer with { Min = 0, Max = 10_000 }),
        ("missed", S.OneOf("skip", "once")),
        ("prestart", S.List(S.Text.Or(S.PlainTexts)).About("commands before the main process")),
        ("targets", S.Any),
        ("uses", S.Any),
        ("watch", S.Any),
        ("tags", S.Any),
        ("dev", S.Any),
    ];

    /// <summary>Keys that may be given in both files: Davit's wins or is laid over.</summary>
    public static IReadOnlySet<string> Overrides { get; } = new HashSet<string>(StringComparer.Ordinal) { "scale", "resources", "health", "environment" };

    public static Shape Service { get; } = S.Null.Or(S.Map(
    [
        .. Own, .. ServiceShape.Service.Map!.Known.Where(k => !Own.Any(o => o.Key == k.Key)).Select(k => (k.Key, k.Value)),
    ]));
}
