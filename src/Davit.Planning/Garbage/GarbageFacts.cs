using System.Collections.Immutable;
using Davit.Model;

namespace Davit.Planning.Garbage;

/// <summary>What the store knows: everything that may refer to something, and everything that is ours.</summary>
public sealed record GarbageFacts(DateTimeOffset Now)
{
    public ImmutableArray<EnvironmentFact> Environments { get; init; } = [];

    public ImmutableArray<ReleaseFact> Releases { get; init; } = [];

    public ImmutableArray<DeploymentFact> Deployments { get; init; } = [];

    public ImmutableArray<UploadFact> Uploads { get; init; } = [];

    /// <summary>What deployments on their way have said they need, before they looked whether it is there.</summary>
    public ImmutableHashSet<Held> Holds { get; init; } = [];

    public OwnedNames Owned { get; init; } = new();
}

public sealed record EnvironmentFact(EnvId Id, OrgId Org, string App, string Name)
{
    public DeploymentId? Serving { get; init; }

    public RetentionPolicy Retention { get; init; } = RetentionPolicy.Default;

    /// <summary>How long the release before stays up after a blue-green switch; zero where it does not.</summary>
    public TimeSpan KeepsWarm { get; init; }

    public override string ToString() => $"{App}/{Name}";
}

/// <param name="Images">As instance specs name them: <c>name@sha256:…</c> or a content id.</param>
public sealed record ReleaseFact(ReleaseId Id, OrgId Org, string App, int Number, DateTimeOffset CreatedAt, ImmutableHashSet<string> Images)
{
    public ImmutableHashSet<string> Blobs { get; init; } = [];

    public ImmutableHashSet<string> Trees { get; init; } = [];

    /// <summary>The unpacked source it was made from, which is read again when the release is deployed; "" for an image alone.</summary>
    public string Source { get; init; } = "";

    /// <summary>Who pinned it; "" when nobody did.</summary>
    public string PinnedBy { get; init; } = "";

    /// <summary>What it consists of has been let go already.</summary>
    public bool IsCollected { get; init; }

    public override string ToString() => $"{App} release {Number}";
}

/// <param name="IsSuccess">Users were served by it.</param>
/// <param name="FinishedAt">Null while it is on its way.</param>
public sealed record DeploymentFact(DeploymentId Id, EnvId Env, int Number, ReleaseId? Release, bool IsSuccess, DateTimeOffset? FinishedAt)
{
    /// <summary>When another one took its place.</summary>
    public DateTimeOffset? ReplacedAt { get; init; }

    public bool IsFailure { get; init; }
}

/// <param name="IsAwaited">A deployment on its way is to be made from it.</param>
public sealed record UploadFact(UploadId Id, OrgId Org, string Digest, DateTimeOffset CreatedAt, bool IsAwaited);

/// <param name="Kind">Of what a deployment holds.</param>
/// <param name="Name">An image's reference, a digest, or the id of a release.</param>
public sealed record Held(ThingKind Kind, string Name);

/// <summary>The ledger: names of what is ours in the runtime and not known to be gone.</summary>
public sealed record OwnedNames
{
    public ImmutableHashSet<string> Instances { get; init; } = [];

    public ImmutableHashSet<string> Networks { get; init; } = [];

    public ImmutableHashSet<string> Volumes { get; init; } = [];

    /// <summary>Tags of images that were built.</summary>
    public ImmutableHashSet<string> Built { get; init; } = [];

    /// <summary>What was pulled for us because it was not there: the reference, and the content id it brought.</summary>
    public ImmutableHashSet<PulledImage> Pulled { get; init; } = [];

    /// <summary>Instances that are gone, with what their logs depend on.</summary>
    public ImmutableDictionary<InstanceId, RemovedInstance> Removed { get; init; } = ImmutableDictionary<InstanceId, RemovedInstance>.Empty;
}

public sealed record PulledImage(string Reference, string ImageId);

public sealed record RemovedInstance(DateTimeOffset At, DeploymentId Deployment);
