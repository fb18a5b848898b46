namespace Davit.Contracts.GraphQl.Model;

/// <summary>The type of a field or an argument: a named type, or a list of others.</summary>
/// <param name="Name">Empty for a list.</param>
/// <param name="Item">The elements of a list.</param>
internal sealed record TypeRef(string Name, TypeRef? Item, bool IsNonNull)
{
    public TypeRef Nullable => this with { IsNonNull = false };

    /// <summary>The named type at the bottom of all lists.</summary>
    public string Named => Item?.Named ?? Name;

    public override string ToString() => (Item is null ? Name : $"[{Item}]") + (IsNonNull ? "!" : "");

    /// <summary>Everything that the new type may answer, the old one might have answered.</summary>
    public static bool IsSafeToAnswer(TypeRef old, TypeRef @new) =>
        (@new.IsNonNull || !old.IsNonNull) && (old.Item is { } item ? @new.Item is { } newItem && IsSafeToAnswer(item, newItem) : @new.Item is null && old.Name == @new.Name);

    /// <summary>Everything that the old type took, the new one takes too.</summary>
    public static bool IsSafeToAsk(TypeRef old, TypeRef @new) => IsSafeToAnswer(@new, old);
}
