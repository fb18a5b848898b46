namespace Davit.Contracts.Findings;

/// <summary>What a decision by values says of a finding.</summary>
public enum Proof
{
    /// <summary>Values were not asked; the rule alone says it.</summary>
    None,

    /// <summary>Nobody can fail: whatever was allowed is allowed still.</summary>
    Safe,

    /// <summary>There is a value that the one side accepts and the other refuses.</summary>
    Breaking,

    /// <summary>Neither was found.</summary>
    Undecided,
}
