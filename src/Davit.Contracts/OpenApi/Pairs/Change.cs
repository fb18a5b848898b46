namespace Davit.Contracts.OpenApi.Pairs;

internal enum Change
{
    None,
    Added,
    Removed,
}

internal enum TypeVerdict
{
    Same,

    /// <summary>Neither wider nor narrower.</summary>
    Changed,

    Generalized,

    Specialized,

    /// <summary>Other types that are the same on the wire.</summary>
    Compatible,
}
