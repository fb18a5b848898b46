namespace Davit.Model.Audit;

/// <summary>How a log differs from the one that was written.</summary>
public enum ChainFault
{
    /// <summary>An event says something else than it did.</summary>
    Altered,

    /// <summary>An event is gone from between others.</summary>
    Missing,

    /// <summary>Events stand in another order.</summary>
    Reordered,

    /// <summary>An event was put in that nobody wrote.</summary>
    Inserted,

    /// <summary>The newest events are gone.</summary>
    CutOff,

    /// <summary>A checkpoint or an anchor carries no genuine signature.</summary>
    Forged,
}

/// <param name="Seq">The first number that is wrong.</param>
public sealed record ChainBreak(long Seq, ChainFault Fault, string Detail);

/// <summary>A place in the chain that is known from elsewhere: its beginning, its head, or what was signed.</summary>
public readonly record struct ChainPlace(long Seq, string Hash)
{
    /// <summary>Before the first event of an org.</summary>
    public static ChainPlace Origin { get; } = new(0, "");
}

/// <param name="Checked">How many events were read and found right.</param>
/// <param name="Last">The last of them.</param>
public sealed record ChainVerdict(long Checked, ChainPlace Last, ChainBreak? Break);
