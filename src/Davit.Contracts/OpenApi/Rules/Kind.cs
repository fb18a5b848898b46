namespace Davit.Contracts.OpenApi.Rules;

/// <summary>Which part of a schema a fact is about. A recognised transition explains facts of some kinds and leaves the others.</summary>
internal enum Kind
{
    /// <summary>A member came or went.</summary>
    Existence,

    /// <summary>A member must be there, or need not.</summary>
    Requiredness,

    /// <summary>Who may write it.</summary>
    Mutability,

    /// <summary>Its types and format.</summary>
    Type,

    /// <summary>Limits and patterns.</summary>
    Constraints,

    /// <summary>Lists of values, constants and defaults.</summary>
    Values,

    /// <summary>Branches, conditions and subschemas.</summary>
    Structure,

    /// <summary>Deprecation, end dates and stability.</summary>
    Lifecycle,
}
