namespace Davit.Contracts.Findings;

/// <summary>Who sends what a finding is about.</summary>
public enum Side
{
    /// <summary>It is not about a message.</summary>
    Neither,

    /// <summary>The consumer sends it.</summary>
    Request,

    /// <summary>The provider sends it.</summary>
    Response,
}
