using System.Collections.Immutable;

namespace Davit.Manifest.Interpolation;

/// <summary>What happens to names without a value.</summary>
/// <param name="UnsetIsError">Otherwise the name is replaced by nothing, with a warning.</param>
/// <param name="AllowUnset">Names that may be without a value in either case.</param>
/// <param name="Secrets">Names that cannot stand in text at all.</param>
internal sealed record InterpolationPolicy(bool UnsetIsError, ImmutableArray<string> AllowUnset, ImmutableArray<string> Secrets)
{
    /// <summary>Shared by everything that is filled in.</summary>
    public TextBudget Budget { get; } = new();
}
