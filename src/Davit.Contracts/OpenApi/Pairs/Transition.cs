using Davit.Contracts.OpenApi.Rules;
using Davit.Contracts.OpenApi.Schemas;

namespace Davit.Contracts.OpenApi.Pairs;

/// <summary>
/// One edit that shows in several keywords at once. What it explains is told once, by the rule of the transition, and not again
/// by the rules of the keywords.
/// </summary>
internal sealed class Transition
{
    private Transition(SchemaPair pair)
    {
        IsNullableWrapped = WrapsNull(pair.Old, pair.New);
        IsNullableUnwrapped = WrapsNull(pair.New, pair.Old);
        MovedMembers = Moved(pair.Old, pair.New);
        IsUnwrapped = Moved(pair.New, pair.Old).Count > 0;
        Types = ListOfTypes.Compare(pair.Old, pair.New);
        IsNullOnly = pair.Types.IsOnlyNull;
    }

    /// <summary><c>X</c> became one of null and <c>X</c>.</summary>
    public bool IsNullableWrapped { get; }

    /// <summary>The reverse.</summary>
    public bool IsNullableUnwrapped { get; }

    /// <summary>Members of an object that moved into the branches it was split into; empty when it was not.</summary>
    public IReadOnlyList<string> MovedMembers { get; }

    /// <summary>The reverse: members of the branches are those of one object now.</summary>
    public bool IsUnwrapped { get; }

    public bool IsWrapped => MovedMembers.Count > 0;

    /// <summary>A type became a list of alternatives that are types, or the reverse.</summary>
    public ListOfTypes? Types { get; }

    /// <summary>Null was added to the types, or taken away, and nothing else.</summary>
    public bool IsNullOnly { get; }

    public static Transition Of(SchemaPair pair) => new(pair);

    public bool Explains(Fact fact, Scope scope) =>
        ((IsNullableWrapped || IsNullableUnwrapped) && fact.Kind is not (Kind.Requiredness or Kind.Mutability or Kind.Lifecycle))
        || (fact.Kind is Kind.Type or Kind.Structure && IsWrapped && !Tells(fact, scope))
        || (fact.Kind is Kind.Type or Kind.Structure && Types is not null && fact.Tells is not Telling.ListOfTypes)
        || (fact.Kind is Kind.Type && IsNullOnly);

    private static bool Tells(Fact fact, Scope scope) =>
        fact.Tells is Telling.Wrapping || (fact.Tells is Telling.WrappingOfMember && scope is not (Scope.RequestBody or Scope.ResponseBody));

    private static bool WrapsNull(Schema old, Schema @new)
    {
        if (old.List("oneOf").Count + old.List("anyOf").Count + old.List("allOf").Count > 0 || old.Has("not") || old.IsNullableByKeyword || old.Types.Contains("null"))
            return false;
        var branches = @new.List("oneOf");
        if (branches.Count is not 2 || !SaysNothingBut(@new, "oneOf"))
            return false;
        var values = branches.Where(b => !IsNull(b.Schema)).ToList();
        return values is [var value] && SchemaEquality.AcceptSame(old, value.Schema);
    }

    private static bool IsNull(Schema schema) => schema.Types is { Count: 1 } types && types.Contains("null") && SaysNothingBut(schema, "type");

    private static bool SaysNothingBut(Schema schema, string keyword)
    {
        foreach (var member in schema.Node.Children)
        {
            if (member.Name != keyword && Keywords.KindOf(member.Name!) is not (KeywordKind.Annotation or KeywordKind.Ignored) && !Keywords.IsDefault(member.Name!, member))
                return false;
        }

        return true;
    }

    private static List<string> Moved(Schema old, Schema @new)
    {
        var branches = @new.List("oneOf");
        if (old.List("oneOf").Count > 0 || branches.Count is 0 || @new.Properties.Count > 0 || @new.Types.Count > 0)
            return [];
        return [.. old.Properties.Keys.Where(name => branches.Exists(b => b.Schema.Properties.ContainsKey(name)))];
    }
}
