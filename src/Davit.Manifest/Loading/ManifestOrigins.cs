using System.Collections.Immutable;
using Davit.Model;

namespace Davit.Manifest;

/// <summary>Where each value of the effective model comes from, by path (<c>services.web.ports[0].target</c>).</summary>
public sealed class ManifestOrigins
{
    private readonly Lazy<SortedDictionary<string, ImmutableArray<Origin>>> _chains;

    internal ManifestOrigins(Func<SortedDictionary<string, ImmutableArray<Origin>>> chains) => _chains = new(chains);

    public static ManifestOrigins Empty { get; } = new(() => []);

    public IEnumerable<string> Paths => _chains.Value.Keys;

    /// <summary>The chain of one path, the winning source first; empty when the path has none.</summary>
    public ImmutableArray<Origin> Of(string path) => _chains.Value.TryGetValue(path, out var chain) ? chain : [];

    /// <summary>The winning position of a path or of the nearest path above it.</summary>
    public SourcePosition? PositionOf(string path)
    {
        for (var at = path; at.Length > 0; at = Parent(at))
        {
            if (Of(at).FirstOrDefault(o => o.At is not null) is { } origin)
                return origin.At;
        }

        return null;
    }

    private static string Parent(string path)
    {
        var cut = path.AsSpan().LastIndexOfAny('.', '[');
        return cut < 0 ? "" : path[..cut];
    }
}

/// <summary>One source of one value.</summary>
/// <param name="Kind">What kind of place it is.</param>
/// <param name="Value">The value as this source gives it, as JSON.</param>
/// <param name="At">Where it is written; <see langword="null"/> for defaults.</param>
/// <param name="Via">What brought it here, for example <c>extends base.yaml#web</c> or a variable's name.</param>
public sealed record Origin(OriginKind Kind, string Value, SourcePosition? At, string Via);

public enum OriginKind
{
    Default,
    File,
    Include,
    Extends,
    Override,
    Overlay,
    Variable,
}
