namespace Davit.Wire;

/// <summary>One master key, without the key.</summary>
/// <param name="Wraps">How many data keys it wraps.</param>
/// <param name="State"><c>present</c>, <c>former</c> (still wraps some), <c>unused</c> (its file may go), or <c>missing</c> (its file must come back).</param>
public sealed record MasterKeyView(string Id, int Wraps, string State);

/// <param name="DataKeys">How many there are.</param>
/// <param name="Left">How many the present master key does not wrap yet.</param>
public sealed record KeysView(IReadOnlyList<MasterKeyView> Items, int DataKeys, int Left)
{
    /// <summary>When a data key was wrapped last, by being made or in a rotation.</summary>
    public DateTimeOffset? LastWrappedAt { get; init; }
}
