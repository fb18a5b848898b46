using System.Collections.Immutable;

namespace Davit.Drivers.Images;

/// <summary>An image in the runtime's store.</summary>
/// <param name="Pinned">What an instance spec holds: <c>name@sha256:…</c> when a registry knows it, else the id.</param>
/// <param name="Id">Content id, <c>sha256:…</c>.</param>
/// <param name="Platform"><c>os/arch[/variant]</c>.</param>
public sealed record ImageSight(string Pinned, string Id, string Platform)
{
    public ImmutableArray<string> Tags { get; init; } = [];

    /// <summary>Manifest digests by which registries know it, <c>name@sha256:…</c>.</summary>
    public ImmutableArray<string> RepoDigests { get; init; } = [];

    public long SizeBytes { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public ImageConfig Config { get; init; } = new();
}

/// <summary>What the image itself says about how it runs.</summary>
public sealed record ImageConfig
{
    public ImmutableArray<string> Entrypoint { get; init; } = [];

    public ImmutableArray<string> Command { get; init; } = [];

    public ImmutableArray<string> Environment { get; init; } = [];

    public string User { get; init; } = "";

    public string WorkingDirectory { get; init; } = "";

    /// <summary>Such as <c>8080/tcp</c>.</summary>
    public ImmutableArray<string> ExposedPorts { get; init; } = [];

    public ImmutableArray<string> Volumes { get; init; } = [];

    public string? StopSignal { get; init; }

    public bool HasHealthCheck { get; init; }

    public ImmutableSortedDictionary<string, string> Labels { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}

/// <summary>Which image is wanted, and from where.</summary>
public sealed record ImageRequest(string Reference)
{
    /// <summary><c>os/arch[/variant]</c>; null is the runtime's own.</summary>
    public string? Platform { get; init; }

    public PullPolicy Pull { get; init; } = PullPolicy.Missing;

    public RegistryCredentials? Credentials { get; init; }
}

public enum PullPolicy
{
    /// <summary>Asks the registry every time; an image that exists only here still resolves when no registry answers for it.</summary>
    Always,

    /// <summary>Only when it is not here.</summary>
    Missing,

    Never,
}

public sealed record RegistryCredentials(string User, string Password)
{
    public override string ToString() => $"{User}:***";
}
