using Davit.Contracts.OpenApi.Schemas;

namespace Davit.Contracts.OpenApi.Pairs;

internal static class SchemaVerdicts
{
    /// <summary>Whether null became a value or ceased to be one, however it is spelled.</summary>
    public static Change Nullability(SchemaPair pair)
    {
        if (pair.Old.IsNullableByKeyword != pair.New.IsNullableByKeyword)
            return pair.New.IsNullableByKeyword ? Change.Added : Change.Removed;
        if (pair.New.Types.Count > 0 && pair.Types.Removed.Contains("null", StringComparer.Ordinal))
            return Change.Removed;
        if (pair.Old.Types.Count > 0 && pair.Types.Added.Contains("null", StringComparer.Ordinal))
            return Change.Added;
        return pair.Transition switch
        {
            { IsNullableWrapped: true } => Change.Added,
            { IsNullableUnwrapped: true } => Change.Removed,
            _ => Change.None,
        };
    }

    public static TypeVerdict OfTypes(SchemaPair pair) => (pair.Types.Differs, pair.Scope) switch
    {
        (false, _) => TypeVerdict.Same,
        (_, Scope.RequestParameter) => OfParameter(pair),
        (_, Scope.RequestParameterProperty or Scope.RequestHeaderProperty) => OfParameterMember(pair),
        (_, Scope.ResponseHeader) => OfResponse(pair, isTyped: false),
        (_, var scope) when scope.IsRequest() => pair.New.IsReadOnly && scope is not Scope.RequestBody ? TypeVerdict.Same : OfRequest(pair, IsTyped(pair.Media)),
        _ => OfResponse(pair, IsTyped(pair.Media)),
    };

    private static TypeVerdict OfRequest(SchemaPair pair, bool isTyped)
    {
        if (pair.Types.RefusesOld(isTyped))
            return TypeVerdict.Changed;
        return pair.Types is { IsSwap: true, IsWidened: false } ? TypeVerdict.Compatible : TypeVerdict.Generalized;
    }

    private static TypeVerdict OfResponse(SchemaPair pair, bool isTyped)
    {
        if (pair.Types.ExceedsOld(isTyped))
            return pair.Types.IsWidened ? TypeVerdict.Generalized : TypeVerdict.Changed;
        return pair.Types is { IsSwap: true, IsNarrowed: false } ? TypeVerdict.Compatible : TypeVerdict.Specialized;
    }

    /// <summary>A parameter is text on the wire.</summary>
    private static TypeVerdict OfParameter(SchemaPair pair) =>
        pair.Types.RefusesOld(isTyped: false) && !(pair.IsFormExploded && BecameListOf(pair)) ? TypeVerdict.Changed : TypeVerdict.Generalized;

    /// <summary>Where elements are written apart, a single value is a list of one.</summary>
    private static bool BecameListOf(SchemaPair pair) =>
        pair.New.Types.Except(["null"], StringComparer.Ordinal).ToList() is ["array"]
        && !pair.Old.Types.Contains("array")
        && pair.New.Child("items") is { } items && (SchemaEquality.AcceptSame(pair.Old, items.Schema) || (IsText(items.Schema) && SchemaEquality.AcceptSameBut("type", pair.Old, items.Schema)));

    /// <summary>Whatever is text on the wire is accepted.</summary>
    private static bool IsText(Schema schema) => schema.Types.Except(["null"], StringComparer.Ordinal).ToList() is ["string"];

    /// <summary>Whether a member of a parameter is text or JSON on the wire cannot be told.</summary>
    private static TypeVerdict OfParameterMember(SchemaPair pair) => pair.Types.RefusesOld(isTyped: true)
        ? pair.Types.RefusesOld(isTyped: false) ? TypeVerdict.Specialized : TypeVerdict.Changed
        : TypeVerdict.Generalized;

    private static bool IsTyped(string media) => media is "application/json" || media.EndsWith("+json", StringComparison.Ordinal);
}
