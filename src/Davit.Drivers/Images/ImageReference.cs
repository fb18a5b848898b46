namespace Davit.Drivers.Images;

/// <summary>A reference in the engine's familiar form: without the default registry's name and its default folder.</summary>
/// <param name="Repository">Such as <c>busybox</c> or <c>registry.example:5000/team/app</c>.</param>
/// <param name="Tag">Null when there is a digest and no tag.</param>
/// <param name="Digest"><c>sha256:…</c>.</param>
public sealed record ImageReference(string Repository, string? Tag, string? Digest)
{
    private static readonly string[] DefaultPrefixes = ["docker.io/library/", "index.docker.io/library/", "docker.io/", "index.docker.io/"];

    /// <summary>The text names content in the local store and no registry.</summary>
    public static bool IsLocalId(string text) => text.StartsWith("sha256:", StringComparison.Ordinal);

    public static ImageReference Parse(string text)
    {
        var familiar = DefaultPrefixes.FirstOrDefault(p => text.StartsWith(p, StringComparison.Ordinal)) is { } prefix ? text[prefix.Length..] : text;
        var (name, digest) = familiar.Split('@') is [var before, var after] ? (before, after) : (familiar, null);
        var colon = name.LastIndexOf(':');
        var hasTag = colon > name.LastIndexOf('/');
        var tag = hasTag ? name[(colon + 1)..] : digest is null ? "latest" : null;
        return new(hasTag ? name[..colon] : name, tag, digest);
    }

    /// <summary>The registry's host, for credentials.</summary>
    public string Registry => Repository.Split('/') is [var host, _, ..] && (host.Contains('.', StringComparison.Ordinal) || host.Contains(':', StringComparison.Ordinal) || host is "localhost")
        ? host
        : "https://index.docker.io/v1/";

    public override string ToString() => $"{Repository}{(Tag is null ? "" : ":" + Tag)}{(Digest is null ? "" : "@" + Digest)}";
}
