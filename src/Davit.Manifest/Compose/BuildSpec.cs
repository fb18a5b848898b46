using System.Collections.Immutable;

namespace Davit.Manifest;

/// <summary>How an image is made.</summary>
public sealed record BuildSpec
{
    /// <summary>A path relative to the app directory, or a Git or tar address.</summary>
    public required string Context { get; init; }

    /// <summary>Relative to <see cref="Context"/>.</summary>
    public string Dockerfile { get; init; } = "Dockerfile";

    public string? DockerfileInline { get; init; }

    public string? Target { get; init; }

    /// <summary>A <see langword="null"/> value takes the value of the environment that builds.</summary>
    public ImmutableSortedDictionary<string, string?> Args { get; init; } = Maps.NoNullable;

    public ImmutableSortedDictionary<string, string> AdditionalContexts { get; init; } = Maps.None;

    public ImmutableSortedDictionary<string, string> Labels { get; init; } = Maps.None;

    public ImmutableArray<FileReferenceSpec> Secrets { get; init; } = [];

    public ImmutableArray<SshSpec> Ssh { get; init; } = [];

    public ImmutableArray<string> CacheFrom { get; init; } = [];

    public ImmutableArray<string> CacheTo { get; init; } = [];

    public ImmutableArray<string> Tags { get; init; } = [];

    public ImmutableArray<string> Platforms { get; init; } = [];

    public ImmutableArray<string> Entitlements { get; init; } = [];

    public ImmutableArray<ExtraHostSpec> ExtraHosts { get; init; } = [];

    public ImmutableSortedDictionary<string, UlimitSpec> Ulimits { get; init; } = Maps.Empty<UlimitSpec>();

    public string? Network { get; init; }

    public string? Isolation { get; init; }

    public long? ShmSize { get; init; }

    public bool NoCache { get; init; }

    public bool Pull { get; init; }

    public bool Privileged { get; init; }

    public string? Provenance { get; init; }

    public string? Sbom { get; init; }
}

public sealed record SshSpec(string Id, string? Path);
