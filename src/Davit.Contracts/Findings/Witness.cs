namespace Davit.Contracts.Findings;

/// <summary>A value that the one side accepts and the other refuses, checked by validating it against both.</summary>
/// <param name="Value">The value as JSON.</param>
/// <param name="AcceptedBy">The side that sends it: <c>old</c> in requests, <c>new</c> in responses.</param>
/// <param name="IsBySearch">It was found by trying, not constructed from the schemas.</param>
public sealed record Witness(string Value, string AcceptedBy, bool IsBySearch)
{
    /// <summary>The side that refuses it.</summary>
    public string RefusedBy => AcceptedBy is "old" ? "new" : "old";
}
