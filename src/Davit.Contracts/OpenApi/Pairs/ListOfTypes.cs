using Davit.Contracts.OpenApi.Schemas;

namespace Davit.Contracts.OpenApi.Pairs;

/// <summary>Alternatives that are bare types, such as one of string and integer, against such a list or a single type.</summary>
internal sealed record ListOfTypes(IReadOnlyList<string> Added, IReadOnlyList<string> Removed)
{
    public static ListOfTypes? Compare(Schema old, Schema @new)
    {
        var (before, after) = (Read(old), Read(@new));
        if (before is not { IsList: true } && after is not { IsList: true })
            return null;
        var (oldTypes, newTypes) = (before?.Types ?? [], after?.Types ?? []);
        var (added, removed) = (newTypes.Except(oldTypes, StringComparer.Ordinal).ToList(), oldTypes.Except(newTypes, StringComparer.Ordinal).ToList());
        return added is [] && removed is [] ? null : new ListOfTypes(added, removed);
    }

    private static (List<string> Types, bool IsList)? Read(Schema schema)
    {
        if (schema.Has("not") || schema.List("allOf").Count > 0 || schema.Properties.Count > 0)
            return null;
        if (schema.Types.Count > 0)
            return ([schema.Types.First()], false);
        var types = BareTypes(schema.List("oneOf")) ?? BareTypes(schema.List("anyOf"));
        return types is null ? null : (types, true);
    }

    private static List<string>? BareTypes(List<SchemaRef> branches) => branches is [_, ..] && branches.TrueForAll(b => IsBareType(b.Schema)) ? [.. branches.Select(b => b.Schema.Types.First())] : null;

    private static bool IsBareType(Schema schema) => schema.Types.Count is 1 && schema.Properties.Count is 0 && Keywords.Lists[..3].All(k => schema.List(k).Count is 0);
}
