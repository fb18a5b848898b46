using Davit.Contracts.Findings;

namespace Davit.Contracts.Policies;

/// <summary>A dated permission for findings. It never looks at their text.</summary>
/// <param name="Fingerprint">The one finding it is for; empty where it is for all that fit the globs.</param>
/// <param name="Rule">Rule or alias, as a glob.</param>
/// <param name="At">The operation and its path, as a glob.</param>
/// <param name="Element">What of the operation, as a glob.</param>
/// <param name="Consumer">The only consumer it is for; empty for all.</param>
/// <param name="Until">The last day it holds.</param>
public sealed record Waiver(string Fingerprint, string Rule, string At, string Element, string Consumer, string Reason, string Owner, DateOnly Until)
{
    /// <summary>The shortest reason, in characters.</summary>
    public const int ShortestReason = 10;

    /// <summary>The longest time ahead, in days.</summary>
    public const int LongestDays = 366;

    /// <summary>Where it is written: a policy, or a document.</summary>
    public WaiverOrigin Origin { get; init; }

    /// <summary>It does not permit anything any more.</summary>
    public bool IsExpired(DateOnly today) => today > Until;

    internal bool Fits(Finding finding, string consumer) =>
        Fingerprint is not "" ? finding.Fingerprint == Fingerprint && IsFor(consumer)
            : IsFor(consumer) && Selection.Fits(Rule, At, finding) && Glob.Fits(Element, finding.Element);

    private bool IsFor(string consumer) => Consumer is "" || Consumer == consumer;
}

/// <summary>Where a permission is written.</summary>
public enum WaiverOrigin
{
    /// <summary>In a policy.</summary>
    Policy,

    /// <summary>In the contract itself.</summary>
    Document,
}
