namespace Davit.Manifest.Shapes;

internal static class BuildShape
{
    public static Shape Build { get; } = S.Text.Or(S.Map(
        ("context", S.Text),
        ("dockerfile", S.Text),
        ("dockerfile_inline", S.Text),
        ("entitlements", S.PlainTexts),
        ("args", S.Pairs),
        ("ssh", S.Pairs),
        ("labels", S.Pairs),
        ("cache_from", S.PlainTexts),
        ("cache_to", S.PlainTexts),
        ("no_cache", S.FlagOrText),
        ("no_cache_filter", S.TextOrTexts),
        ("additional_contexts", S.Pairs),
        ("network", S.Text),
        ("provenance", S.FlagOrText),
        ("sbom", S.FlagOrText),
        ("pull", S.FlagOrText),
        ("target", S.Text),
        ("shm_size", S.IntegerOrText),
        ("extra_hosts", MountShape.ExtraHosts),
        ("isolation", S.Text),
        ("privileged", S.FlagOrText),
        ("secrets", MountShape.FileReferences),
        ("tags", S.PlainTexts),
        ("ulimits", ResourceShape.Ulimits),
        ("platforms", S.PlainTexts)));
}
