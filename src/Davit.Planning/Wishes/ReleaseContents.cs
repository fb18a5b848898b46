using Davit.Planning.Instances;

namespace Davit.Planning.Wishes;

/// <summary>Everything a release consists of beside its manifest: digests only, so that it means the same for ever.</summary>
public sealed record ReleaseContents
{
    public EquatableList<ReleasedService> Services { get; init; }

    /// <summary>Directories and files of the source that are mounted, by their path in the source: <c>sha256:…</c> of the tree.</summary>
    public EquatableMap Trees { get; init; }

    /// <summary>Configs and secrets by their key: <c>sha256:…</c> of the bytes.</summary>
    public EquatableMap Files { get; init; }

    public ReleasedService? Find(string service) => Services.FirstOrDefault(s => s.Name == service);
}

/// <param name="Image">Pinned by digest or a local image id; "" for a static service.</param>
public sealed record ReleasedService(string Name, string Image)
{
    /// <summary>What the author wrote: a tag, or what was built.</summary>
    public string Reference { get; init; } = "";

    /// <summary>TCP ports the image says it listens on.</summary>
    public EquatableList<int> ExposedPorts { get; init; }

    public bool HasHealthCheck { get; init; }

    /// <summary>The tree of a static service.</summary>
    public string Tree { get; init; } = "";
}
