namespace Davit.Contracts.GraphQl.Rules;

internal enum Wording
{
    Same,
    Added,
    Removed,
    Changed,
}

/// <summary>Descriptions: an empty one is none.</summary>
internal static class Described
{
    public static Wording Compare(string? old, string? @new) => (old, @new) switch
    {
        (null or "", null or "") => Wording.Same,
        (null or "", _) => Wording.Added,
        (_, null or "") => Wording.Removed,
        _ => old == @new ? Wording.Same : Wording.Changed,
    };
}
