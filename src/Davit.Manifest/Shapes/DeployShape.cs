namespace Davit.Manifest.Shapes;

internal static class DeployShape
{
    private static readonly Shape Update = S.Map(
        ("parallelism", S.IntegerOrText),
        ("delay", S.Text),
        ("failure_action", S.Text),
        ("monitor", S.Text),
        ("max_failure_ratio", S.NumberOrText),
        ("order", S.OneOf("start-first", "stop-first")));

    private static readonly Shape Limits = S.Map(
        ("cpus", S.NumberOrText),
        ("memory", S.Text),
        ("pids", S.IntegerOrText));

    private static readonly Shape Reservations = S.Map(
        ("cpus", S.NumberOrText),
        ("memory", S.Text),
        ("generic_resources", S.List(S.Map(("discrete_resource_spec", S.Map(("kind", S.Text), ("value", S.NumberOrText)))))),
        ("devices", S.List(ResourceShape.Device)));

    public static Shape Deploy { get; } = S.Null.Or(S.Map(
        ("mode", S.Text),
        ("endpoint_mode", S.Text),
        ("replicas", S.IntegerOrText),
        ("labels", S.Pairs),
        ("rollback_config", Update),
        ("update_config", Update),
        ("resources", S.Map(("limits", Limits), ("reservations", Reservations))),
        ("restart_policy", S.Map(
            ("condition", S.Text),
            ("delay", S.Text),
            ("max_attempts", S.IntegerOrText),
            ("window", S.Text))),
        ("placement", S.Map(
            ("constraints", S.PlainTexts),
            ("preferences", S.List(S.Map(("spread", S.Text)))),
            ("max_replicas_per_node", S.IntegerOrText)))));
}
