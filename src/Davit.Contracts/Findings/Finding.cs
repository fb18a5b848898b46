using Davit.Contracts.Documents;
using Davit.Contracts.Policies;

namespace Davit.Contracts.Findings;

/// <summary>One rule's verdict on one difference.</summary>
/// <param name="Operation">The method in upper case, or empty where the finding is not about one operation.</param>
/// <param name="Path">The path of the operation as the old contract writes it, or the new one where it is new; otherwise empty.</param>
/// <param name="Element">What of the operation it is about, such as <c>request body application/json /items/price</c>.</param>
/// <param name="Old">Where the old contract says it; null where it says nothing.</param>
/// <param name="New">Where the new contract says it; null where it says nothing.</param>
public sealed record Finding(RuleSpec Rule, Severity Severity, string Operation, string Path, string Element, string Text, Evidence? Old, Evidence? New)
{
    /// <summary>16 hexadecimal digits by which the finding is recognised again, whatever its text and its lines.</summary>
    public string Fingerprint { get; init; } = "";

    /// <summary>A value that proves the break; null where none was looked for or found.</summary>
    public Witness? Witness { get; init; }

    /// <summary>It is permitted, and counts for nothing.</summary>
    public Waiver? Waiver { get; init; }

    /// <summary>What the values themselves say, where a rule speaks of values and breaks.</summary>
    public Proof Proof { get; init; }

    /// <summary>The level of the alias where it is not the one that the rule has.</summary>
    internal Severity? LevelOfAlias { get; init; }

    /// <summary>What it is about is one of several alternatives, or in one.</summary>
    internal bool IsInUnion { get; init; }

    /// <summary>The rule that tells of the same edit in better words; only the checker that lacks it shows this finding.</summary>
    internal RuleSpec? ClaimedBy { get; init; }
}

/// <summary>A place in a contract and what stands there.</summary>
/// <param name="JsonPointer">RFC 6901.</param>
public sealed record Evidence(Position Position, string JsonPointer, string Excerpt)
{
    private const int ExcerptLines = 12;

    internal static Evidence? Of(Node node) => node.Exists ? new Evidence(node.Where, node.Pointer, node.Excerpt(ExcerptLines)) : null;
}
