using Davit.Contracts.OpenApi.Model;

namespace Davit.Contracts.OpenApi.Pairs;

internal enum RelocationKind
{
    /// <summary>Another path or method under the same id.</summary>
    Moved,

    /// <summary>The same path with other capitals.</summary>
    Case,

    /// <summary>The same path with a slash at its end, or without.</summary>
    Slash,
}

/// <summary>Finds operations that are still there, at another address.</summary>
internal static class Relocation
{
    /// <summary>Where an operation of the old side is now that is not at its place any more.</summary>
    public static (RelocationKind Kind, Operation To)? Of(ApiPair apis, Operation old)
    {
        if (old.Lifecycle.IsDeprecated)
            return null;
        if (apis.New.Spelt(old) is { } spelt && IsFree(apis.Old, spelt))
            return (string.Equals(old.Path.Template.Blank.TrimEnd('/'), spelt.Path.Template.Blank.TrimEnd('/'), StringComparison.Ordinal) ? RelocationKind.Slash : RelocationKind.Case, spelt);
        return old.Id is { Length: > 0 } id && apis.Old.ById(id) == old && apis.New.ById(id) is { } moved && IsFree(apis.Old, moved) ? (RelocationKind.Moved, moved) : null;
    }

    /// <summary>How an operation of the new side came to its place; null when it is new, or was there.</summary>
    public static RelocationKind? To(ApiPair apis, Operation now)
    {
        foreach (var from in (Operation?[])[apis.Old.Spelt(now), now.Id is { } id ? apis.Old.ById(id) : null])
        {
            if (from is not null && IsFree(apis.New, from) && Of(apis, from) is { } found && found.To == now)
                return found.Kind;
        }

        return null;
    }

    /// <summary>Nothing of that side is at the address.</summary>
    private static bool IsFree(Api side, Operation operation) => side.At(operation) is null;
}
