using Davit.Contracts.Documents;

namespace Davit.Contracts.OpenApi.Schemas;

/// <summary>Tells whether two schemas say the same, wherever their parts stand.</summary>
internal sealed class SchemaEquality
{
    private readonly bool _annotationsCount;
    private readonly string? _ignored;
    private readonly HashSet<(Node, Node)> _assumed = [];

    private SchemaEquality(bool annotationsCount, string? ignored = null)
    {
        _annotationsCount = annotationsCount;
        _ignored = ignored;
    }

    public static bool Same(Schema left, Schema right) => new SchemaEquality(annotationsCount: true).AreSame(left, right);

    /// <summary>Equal but for titles, descriptions, examples and defaults.</summary>
    public static bool AcceptSame(Schema left, Schema right) => new SchemaEquality(annotationsCount: false).AreSame(left, right);

    /// <summary>Equal but for those and for one keyword.</summary>
    public static bool AcceptSameBut(string keyword, Schema left, Schema right) => new SchemaEquality(annotationsCount: false, keyword).AreSame(left, right);

    private bool AreSame(Schema left, Schema right)
    {
        // Where two recursive schemas meet again they are the same unless something else differs.
        if (left.Node.Equals(right.Node) || !_assumed.Add((left.Node, right.Node)))
            return true;
        if (!left.Node.IsObject || !right.Node.IsObject)
            return NodeEquality.Same(left.Node, right.Node);
        return Says(left, right) && Says(right, left, onlyMissing: true);
    }

    private bool Says(Schema left, Schema right, bool onlyMissing = false)
    {
        foreach (var member in left.Node.Children)
        {
            var keyword = member.Name!;
            var kind = Keywords.KindOf(keyword);
            if (kind is KeywordKind.Ignored || keyword == _ignored || (kind is KeywordKind.Annotation && !_annotationsCount) || Keywords.IsDefault(keyword, member))
                continue;
            var other = right.Node[keyword];
            if (!other.Exists || Keywords.IsDefault(keyword, other))
                return false;
            if (!onlyMissing && !AreSame(kind, keyword, left, right))
                return false;
        }

        return true;
    }

    private bool AreSame(KeywordKind kind, string keyword, Schema left, Schema right) => kind switch
    {
        KeywordKind.Schema => AreSame(left.Child(keyword), right.Child(keyword)),
        KeywordKind.SchemaList => AreSame(left.List(keyword), right.List(keyword)),
        KeywordKind.SchemaMap => AreSame(left.Map(keyword), right.Map(keyword)),
        KeywordKind.Set => NodeEquality.SameSet(left.Node[keyword], right.Node[keyword]),
        _ => NodeEquality.Same(left.Node[keyword], right.Node[keyword]),
    };

    private bool AreSame(SchemaRef? left, SchemaRef? right) => left is { } l && right is { } r ? AreSame(l.Schema, r.Schema) : left is null == right is null;

    private bool AreSame(List<SchemaRef> left, List<SchemaRef> right)
    {
        if (left.Count != right.Count)
            return false;
        var open = right.ToList();
        foreach (var branch in left)
        {
            var same = open.FindIndex(o => (!_annotationsCount || o.Name == branch.Name || branch.Name is null) && Same(o.Schema, branch.Schema, this));
            if (same < 0)
                return false;
            open.RemoveAt(same);
        }

        return true;
    }

    /// <summary>Assumptions made while a comparison failed must not help another.</summary>
    private static bool Same(Schema left, Schema right, SchemaEquality within)
    {
        var tried = new SchemaEquality(within._annotationsCount, within._ignored);
        tried._assumed.UnionWith(within._assumed);
        return tried.AreSame(left, right);
    }

    private bool AreSame(Dictionary<string, SchemaRef> left, Dictionary<string, SchemaRef> right) =>
        left.Count == right.Count && left.All(l => right.TryGetValue(l.Key, out var r) && AreSame(l.Value.Schema, r.Schema));
}
