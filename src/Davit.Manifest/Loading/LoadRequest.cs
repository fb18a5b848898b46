using System.Collections.Immutable;

namespace Davit.Manifest;

/// <summary>Everything a load depends on. Nothing else is read: no process environment, no home directory, no clock.</summary>
public sealed record LoadRequest
{
    /// <summary>The app directory.</summary>
    public required ISourceTree Source { get; init; }

    public LoadMode Mode { get; init; } = LoadMode.Davit;

    /// <summary>Compose files in merge order; empty searches (or takes the list of <c>davit.yaml</c>).</summary>
    public ImmutableArray<string> ComposeFiles { get; init; } = [];

    /// <summary>The path of <c>davit.yaml</c>; <see langword="null"/> searches.</summary>
    public string? DavitFile { get; init; }

    /// <summary>The environment whose overlay is applied.</summary>
    public string? Environment { get; init; }

    /// <summary>Active Compose profiles; <c>*</c> is all.</summary>
    public ImmutableArray<string> Profiles { get; init; } = [];

    /// <summary>Env files for interpolation instead of <c>.env</c>; later ones win.</summary>
    public ImmutableArray<string> EnvFiles { get; init; } = [];

    /// <summary>The caller's variables, as given; they win over every env file.</summary>
    public ImmutableSortedDictionary<string, string> Variables { get; init; } = Maps.None;

    public string? ProjectName { get; init; }

    /// <summary>Names that may stay without a value; they become empty.</summary>
    public ImmutableArray<string> AllowUnset { get; init; } = [];

    /// <summary>Names that are secrets of the environment and so cannot stand in text.</summary>
    public ImmutableArray<string> SecretNames { get; init; } = [];

    /// <summary>The base of relative paths, when it is not the directory of the first Compose file.</summary>
    public string? ProjectDirectory { get; init; }

    /// <summary>Skips checks that need the whole model, such as references to undefined networks.</summary>
    public bool SkipConsistency { get; init; }
}

public enum LoadMode
{
    /// <summary>An unset variable and an unknown key are errors; <c>davit.yaml</c> is read.</summary>
    Davit,

    /// <summary>Exactly as the Compose reference does it; <c>davit.yaml</c> is not read.</summary>
    Compose,
}
