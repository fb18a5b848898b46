namespace Davit.Contracts.Findings;

/// <summary>How bad a finding is.</summary>
public enum Severity
{
    /// <summary>Worth knowing; breaks nobody.</summary>
    Note,

    /// <summary>May break some consumer; a person must judge.</summary>
    Warning,

    /// <summary>Breaks consumers that keep to the old contract.</summary>
    Breaking,
}
