using Davit.Contracts.Documents;
using Davit.Contracts.OpenApi.Schemas;

namespace Davit.Contracts.OpenApi.Pairs;

/// <summary>
/// Whether the alternatives of two schemas still meet, each looked at by itself: by type, by required members and by enumerated
/// values. What a request may be must be something that it could be; what a response could be must still be something it may be.
/// </summary>
internal sealed class UnionFit(bool isRequest)
{
    /// <summary>Deeper inside nothing is said.</summary>
    private const int Deepest = 64;

    private readonly Dictionary<(Node, string, Node, string), bool> _known = [];

    /// <summary>Those that are taken to fit, each before those that may rest on it.</summary>
    private readonly List<(Node, string, Node, string)> _fitting = [];
    private int _depth;

    public static bool IsUnion(Schema schema) => schema.Has("oneOf") || schema.Has("anyOf");

    public bool Fits(Schema old, Schema @new)
    {
        var (before, after) = (Alternatives(old), Alternatives(@new));
        return isRequest ? after.TrueForAll(a => before.Exists(b => Fits(b, a))) : before.TrueForAll(b => after.Exists(a => Fits(b, a)));
    }

    private static List<Alternative> Alternatives(Schema schema)
    {
        var branches = schema.List("oneOf") is { Count: > 0 } oneOf ? oneOf : schema.List("anyOf");
        return branches is [] ? ByType(schema) : branches.ConvertAll(b => b.Schema).SelectMany(ByType).ToList();
    }

    /// <summary>A list of types is as many alternatives.</summary>
    private static List<Alternative> ByType(Schema schema) => schema.Types.Count is 0 ? [new(schema, "")] : [.. schema.Types.Select(t => new Alternative(schema, t))];

    private bool Fits(Alternative old, Alternative @new)
    {
        var key = (old.Schema.Node, old.Type, @new.Schema.Node, @new.Type);
        if (_known.TryGetValue(key, out var fits))
            return fits;
        if (_depth >= Deepest)
            return true;
        // A schema that uses itself fits where nothing else tells against it.
        _known[key] = true;
        var mark = _fitting.Count;
        _fitting.Add(key);
        _depth++;
        fits = FitTypes(old.Type, @new.Type) && FitValues(old.Schema, @new.Schema) && FitMembers(old.Schema, @new.Schema) && FitItems(old.Schema, @new.Schema) && FitNested(old.Schema, @new.Schema);
        _depth--;
        if (!fits)
            Refuse(key, mark);
        return fits;
    }

    /// <summary>What rested on it has to be asked again.</summary>
    private void Refuse((Node, string, Node, string) key, int mark)
    {
        foreach (var resting in _fitting[mark..])
            _known.Remove(resting);
        _fitting.RemoveRange(mark, _fitting.Count - mark);
        _known[key] = false;
    }

    private static bool FitTypes(string old, string @new) => old is "" || @new is "" || old == @new;

    private bool FitValues(Schema old, Schema @new)
    {
        var (may, must) = isRequest ? (Values(@new), Values(old)) : (Values(old), Values(@new));
        return may is null || (must is not null && must.TrueForAll(m => may.Exists(v => NodeEquality.Same(v, m))));
    }

    /// <summary>Null where any value will do.</summary>
    private static List<Node>? Values(Schema schema) => schema.Node["enum"].IsArray ? schema.Enum : schema.Const.Exists ? [schema.Const] : null;

    private bool FitMembers(Schema old, Schema @new)
    {
        var (more, fewer) = isRequest ? (@new, old) : (old, @new);
        return more.Properties.Keys.All(name => !more.Required.Contains(name) || fewer.Required.Contains(name))
            && old.Properties.All(o => !@new.Properties.TryGetValue(o.Key, out var kept) || Fits(o.Value.Schema, kept.Schema));
    }

    private bool FitItems(Schema old, Schema @new) => old.Child("items") is not { } before || @new.Child("items") is not { } after || Fits(before.Schema, after.Schema);

    private bool FitNested(Schema old, Schema @new) => (!IsUnion(old) && !IsUnion(@new)) || Fits(old, @new);

    private readonly record struct Alternative(Schema Schema, string Type);
}
