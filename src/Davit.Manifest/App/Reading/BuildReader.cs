using Davit.Manifest.Sources;

namespace Davit.Manifest.App.Reading;

internal static class BuildReader
{
    public static BuildSpec Read(Reader r, MountReader mounts) => new()
    {
        Context = mounts.InApp(r.Text("context") ?? ".", r, "context"),
        Dockerfile = r.Text("dockerfile") ?? "Dockerfile",
        DockerfileInline = r.Text("dockerfile_inline"),
        Target = r.Text("target"),
        Args = r.Variables("args"),
        AdditionalContexts = Maps.None.AddRange(r.Pairs("additional_contexts").Select(c => KeyValuePair.Create(c.Key, mounts.InApp(c.Value, r, "additional_contexts")))),
        Labels = r.Pairs("labels"),
        Secrets = [.. r.Items("secrets").Select(s => ServiceReader.FileReference(s, "")).OrderBy(s => s.Target, StringComparer.Ordinal)],
        Ssh = [.. r.Texts("ssh").Select(Ssh)],
        CacheFrom = r.Texts("cache_from"),
        CacheTo = r.Texts("cache_to"),
        Tags = r.Set("tags"),
        Platforms = r.Set("platforms"),
        Entitlements = r.Set("entitlements"),
        ExtraHosts = [.. r.Texts("extra_hosts").Select(ServiceReader.Host)],
        Ulimits = RuntimeReader.Ulimits(r),
        Network = r.Text("network"),
        Isolation = r.Text("isolation"),
        ShmSize = r.Long("shm_size"),
        NoCache = r.Flag("no_cache"),
        Pull = r.Flag("pull"),
        Privileged = r.Flag("privileged"),
        Provenance = r.Text("provenance"),
        Sbom = r.Text("sbom"),
    };

    /// <summary>Addresses that the builder fetches by itself.</summary>
    public static bool IsAddress(string context) =>
        context.Contains("://", StringComparison.Ordinal) || context.StartsWith("service:", StringComparison.Ordinal) || Remote.Is(context);

    private static SshSpec Ssh(string key) =>
        key.IndexOf(": ", StringComparison.Ordinal) is >= 0 and var cut ? new SshSpec(key[..cut], key[(cut + 2)..]) : new SshSpec(key, null);
}
