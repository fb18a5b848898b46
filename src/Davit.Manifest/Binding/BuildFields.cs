using static Davit.Manifest.Binding.Collections;
using static Davit.Manifest.Binding.Scalars;

namespace Davit.Manifest.Binding;

internal static class BuildFields
{
    public static Struct FileReference { get; } = new(("source", Text), ("target", Text), ("uid", Text), ("gid", Text), ("mode", Mode));

    public static Struct Build { get; } = new(
        ("context", Text), ("dockerfile", Text), ("dockerfile_inline", Text), ("entitlements", Texts), ("args", Variables), ("provenance", Text), ("sbom", Text),
        ("ssh", Commands.SshKeys), ("labels", Pairs), ("cache_from", Texts), ("cache_to", Texts), ("no_cache", Flag), ("no_cache_filter", Texts),
        ("additional_contexts", Pairs), ("pull", Flag), ("extra_hosts", Commands.Hosts), ("isolation", Text), ("network", Text), ("target", Text),
        ("secrets", ListOf(FileReference.Bind)), ("shm_size", Bytes), ("tags", Texts), ("ulimits", MapOf(Commands.Ulimit)), ("platforms", Texts),
        ("privileged", Flag));
}
