using System.Collections.Immutable;

namespace Davit.Manifest;

/// <summary>One app as it was loaded for one environment (or for none): Compose and <c>davit.yaml</c> as one model.</summary>
public sealed record AppManifest
{
    public required string Name { get; init; }

    /// <summary>The environment whose overlay is applied, or <see langword="null"/> for the bare manifest.</summary>
    public string? Environment { get; init; }

    /// <summary>The driver the environment asks for; <see langword="null"/> leaves it to the server.</summary>
    public string? Driver { get; init; }

    public ImmutableSortedDictionary<string, ServiceSpec> Services { get; init; } = Maps.Empty<ServiceSpec>();

    public ImmutableSortedDictionary<string, NetworkSpec> Networks { get; init; } = Maps.Empty<NetworkSpec>();

    public ImmutableSortedDictionary<string, VolumeSpec> Volumes { get; init; } = Maps.Empty<VolumeSpec>();

    public ImmutableSortedDictionary<string, ConfigSpec> Configs { get; init; } = Maps.Empty<ConfigSpec>();

    public ImmutableSortedDictionary<string, SecretSpec> Secrets { get; init; } = Maps.Empty<SecretSpec>();

    public ImmutableArray<RouteSpec> Routes { get; init; } = [];

    public ImmutableArray<ReleaseCommandSpec> Release { get; init; } = [];

    public ImmutableArray<CheckSpec> Checks { get; init; } = [];

    public RetentionSpec Retention { get; init; } = RetentionSpec.Default;

    /// <summary>Secrets without which a deployment is refused.</summary>
    public ImmutableArray<string> RequiredSecrets { get; init; } = [];

    public ImmutableSortedDictionary<string, VariableSpec> Variables { get; init; } = Maps.Empty<VariableSpec>();

    /// <summary>What differs per environment, as canonical JSON; empty once an overlay is applied.</summary>
    public ImmutableSortedDictionary<string, string> Overlays { get; init; } = Maps.None;

    /// <summary>Every environment the manifest has an overlay for.</summary>
    public ImmutableArray<string> EnvironmentNames { get; init; } = [];
}

/// <summary>One variable the app expects; the type is <c>string</c>, <c>number</c>, <c>boolean</c>, <c>url</c> or <c>enum</c>.</summary>
public sealed record VariableSpec(string Type, bool IsRequired)
{
    public string? Default { get; init; }

    public string? Description { get; init; }

    public ImmutableArray<string> Values { get; init; } = [];
}
