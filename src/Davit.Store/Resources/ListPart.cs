namespace Davit.Store.Resources;

/// <summary>A part of a list that is ordered by name.</summary>
/// <param name="After">The name that the part before ended with; empty for the first.</param>
/// <param name="Limit">How many rows at most.</param>
/// <param name="Only">The ids that may be seen; null for all.</param>
public sealed record ListPart(string After, int Limit, Guid[]? Only = null);
