using System.Collections.Immutable;
using Davit.Contracts.Findings;

namespace Davit.Contracts;

/// <summary>What the version number of a contract must do for its differences, by Semantic Versioning 2.0.0.</summary>
/// <param name="Needed">The smallest step that tells the truth.</param>
/// <param name="Old">The version the old contract gives itself; null where it gives none.</param>
/// <param name="New">The same for the new one.</param>
/// <param name="Taken">The step the versions take; null where one of them is missing or follows another scheme.</param>
public sealed record VersionAdvice(VersionStep Needed, string? Old, string? New, VersionStep? Taken)
{
    /// <summary>The step taken is the one needed or a larger one; true where that cannot be told.</summary>
    public bool IsSatisfied => Taken is not { } taken || taken >= Needed;

    /// <summary>Below 1.0.0 a minor step stands for a major one; what follows a dash or a plus does not matter.</summary>
    internal static VersionAdvice Of(ImmutableArray<Finding> findings, string? old, string? @new)
    {
        var step = findings.Any(f => f.Severity is Severity.Breaking) ? VersionStep.Major
            : findings.Any(f => f is { Old: null, New: not null }) ? VersionStep.Minor
            : findings.IsEmpty ? VersionStep.None : VersionStep.Patch;
        var (from, to) = (Numbers(old), Numbers(@new));
        if (from is [0, ..] && to is [0, ..] && step is VersionStep.Major)
            step = VersionStep.Minor;
        return new VersionAdvice(step, old, @new, from is null || to is null ? null : Between(from, to));
    }

    private static VersionStep Between(int[] from, int[] to)
    {
        for (var i = 0; i < 3; i++)
        {
            if (from[i] != to[i])
                return from[i] < to[i] ? VersionStep.Major - i : VersionStep.None;
        }

        return VersionStep.None;
    }

    private static int[]? Numbers(string? version) => SemanticVersion.Lenient(version) is var (major, minor, patch) ? [major, minor, patch] : null;
}

/// <summary>A step of a version number.</summary>
public enum VersionStep
{
    /// <summary>It stays.</summary>
    None,

    /// <summary>The third number.</summary>
    Patch,

    /// <summary>The second number.</summary>
    Minor,

    /// <summary>The first number.</summary>
    Major,
}
