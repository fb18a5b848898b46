namespace Davit.Manifest.Shapes;

internal static class LifecycleShape
{
    private static readonly (string Key, Shape Shape)[] HookKeys =
    [
        ("command", S.Command),
        ("user", S.Text),
        ("privileged", S.FlagOrText),
        ("working_dir", S.Text),
        ("environment", S.Pairs),
    ];

    public static Shape Hook { get; } = S.Map(["command"], HookKeys);

    public static Shape StartHook { get; } = S.Map([], [.. HookKeys, ("image", S.Text), ("per_replica", S.FlagOrText)]);

    public static Shape Dependency { get; } = S.Map(
        ["condition"],
        ("condition", S.OneOf("service_started", "service_healthy", "service_completed_successfully")),
        ("required", S.Flag),
        ("restart", S.FlagOrText));

    public static Shape Healthcheck { get; } = S.Map(
        ("disable", S.FlagOrText),
        ("interval", S.Text),
        ("retries", S.NumberOrText),
        ("test", S.Text.Or(S.PlainTexts)),
        ("timeout", S.Text),
        ("start_period", S.Text),
        ("start_interval", S.Text));

    public static Shape EnvFile { get; } = S.Text.Or(S.List(S.Text.Or(S.Map(
        ["path"],
        ("path", S.Text),
        ("format", S.Text),
        ("required", S.FlagOrText)).Closed())));

    public static Shape Develop { get; } = S.Null.Or(S.Map(("watch", S.List(S.Map(
        ["path", "action"],
        ("ignore", S.TextOrTexts),
        ("include", S.TextOrTexts),
        ("path", S.Text),
        ("action", S.OneOf("rebuild", "sync", "restart", "sync+restart", "sync+exec")),
        ("target", S.Text),
        ("initial_sync", S.FlagOrText),
        ("exec", Hook))))));
}
