using System.Collections.Immutable;

namespace Davit.Manifest;

/// <summary>How instances of a new release take the place of the old ones.</summary>
public sealed record RolloutSpec
{
    public static RolloutSpec Default { get; } = new();

    public RolloutStrategy Strategy { get; init; } = RolloutStrategy.Rolling;

    /// <summary>Instances above the wanted number while rolling.</summary>
    public Share Surge { get; init; } = new(1, false);

    /// <summary>Instances that may be missing while rolling.</summary>
    public Share Unavailable { get; init; } = new(0, false);

    public Share Batch { get; init; } = new(1, false);

    /// <summary>Between two batches.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.Zero;

    /// <summary>How long a batch must stay healthy before it counts.</summary>
    public TimeSpan? Settle { get; init; }

    public RolloutFailureAction OnFailure { get; init; } = RolloutFailureAction.Rollback;

    /// <summary>How long the old release stays warm after a blue-green switch.</summary>
    public TimeSpan Keep { get; init; } = TimeSpan.FromMinutes(10);

    public ImmutableArray<CanaryStepSpec> Steps { get; init; } = [];

    /// <summary>The request header that keeps a canary's clients on their side; <see langword="null"/> for a cookie.</summary>
    public string? StickyHeader { get; init; }

    /// <summary>How long the new release is watched after it took all traffic.</summary>
    public TimeSpan? Watch { get; init; }

    /// <summary>A release that turns unhealthy while watched is rolled back without asking.</summary>
    public bool ReturnsByItself { get; init; }

    /// <summary>How long open requests of an old instance may take; <see langword="null"/> keeps the environment's own.</summary>
    public TimeSpan? Drain { get; init; }
}

public enum RolloutStrategy
{
    Rolling,
    BlueGreen,
    Canary,
    StopFirst,
}

public enum RolloutFailureAction
{
    Rollback,
    Pause,
}

/// <summary>A number of instances, or a percentage of the wanted number.</summary>
public readonly record struct Share(int Value, bool IsPercent)
{
    /// <summary>Never less than one for a share above zero.</summary>
    public int Of(int wanted) => IsPercent ? Value is 0 ? 0 : Math.Max(1, wanted * Value / 100) : Value;

    public override string ToString() => IsPercent ? $"{Value}%" : $"{Value}";
}

public sealed record CanaryStepSpec(int Percent, TimeSpan For);

/// <summary>How many instances; more than <paramref name="Min"/> only when the driver scales by itself.</summary>
public sealed record ScaleSpec(int Min, int Max)
{
    public static ScaleSpec One { get; } = new(1, 1);
}
