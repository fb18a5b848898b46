using System.Collections.Immutable;
using Davit.Model;
using Davit.Planning.Instances;

namespace Davit.Planning.Garbage;

/// <summary>What lies in the runtime and in the data directory now.</summary>
public sealed record GarbageSight
{
    /// <summary>Every image of the runtime, whoever made it: only so can be told which must stay.</summary>
    public ImmutableArray<StoredImage> Images { get; init; } = [];

    public ImmutableArray<SeenInstance> Instances { get; init; } = [];

    public ImmutableArray<SeenObject> Networks { get; init; } = [];

    public ImmutableArray<SeenObject> Volumes { get; init; } = [];

    public ImmutableArray<StoredFile> Files { get; init; } = [];
}

/// <param name="IsLabelled">It carries this installation's label, which an image built from one of ours inherits.</param>
public sealed record StoredImage(string Id, long Bytes, DateTimeOffset CreatedAt, bool IsLabelled)
{
    public ImmutableArray<string> Tags { get; init; } = [];

    /// <summary><c>name@sha256:…</c>.</summary>
    public ImmutableArray<string> RepoDigests { get; init; } = [];

    /// <summary>Containers made from it, whoever made them.</summary>
    public ImmutableArray<string> Users { get; init; } = [];
}

/// <param name="EndedAt">Null while it runs or before it ever did.</param>
public sealed record SeenInstance(string Name, Ownership Owner, DateTimeOffset CreatedAt, bool IsRunning, DateTimeOffset? EndedAt);

/// <param name="CreatedAt">Null when the runtime does not say.</param>
public sealed record SeenObject(string Name, Ownership Owner, DateTimeOffset? CreatedAt);

/// <summary>A file or directory below the data directory.</summary>
/// <param name="Name">A digest, an id, or for what is half made its path below the data directory.</param>
public sealed record StoredFile(ThingKind Kind, string Name, long Bytes, DateTimeOffset ChangedAt)
{
    /// <summary>Of logs: whose they are.</summary>
    public EnvId Env { get; init; }
}
