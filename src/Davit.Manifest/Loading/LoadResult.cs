using System.Collections.Immutable;
using Davit.Model;

namespace Davit.Manifest;

/// <summary>What a load found. The manifest is there only when no fault is an error.</summary>
public sealed record LoadResult
{
    public AppManifest? Manifest { get; init; }

    /// <summary>Every fault of every file, sorted by file and position.</summary>
    public ImmutableArray<Fault> Faults { get; init; } = [];

    /// <summary>The error that was met first; it is what the input is refused for.</summary>
    public Fault? First { get; init; }

    /// <summary>Every Compose key that active services use, with its class.</summary>
    public ImmutableArray<KeyUse> Keys { get; init; } = [];

    /// <summary>The merged and normalised tree that <see cref="Manifest"/> was read from.</summary>
    public ComposeDocument? Document { get; init; }

    public ManifestOrigins Origins { get; init; } = ManifestOrigins.Empty;

    /// <summary>What was found in the app directory and why it was taken.</summary>
    public string Discovery { get; init; } = "";

    /// <summary>The names of all variables that the files ask for, included and env files too. The same names with the same values give the same result elsewhere.</summary>
    public ImmutableSortedSet<string> Variables { get; init; } = [];

    public bool IsAccepted => Manifest is not null;
}
