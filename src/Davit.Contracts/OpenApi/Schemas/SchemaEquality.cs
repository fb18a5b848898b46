using Davit.Contracts.Documents;

namespace Davit.Contracts.OpenApi.Schemas;

/// <summary>Tells whether two schemas say the same, wherever their parts stand.</summary>
internal sealed class SchemaEquality
{
    private readonly bool _annotationsCount;
    private readonly string? _ignored;
    /// <summary>Pairs that are taken for equal unless something tells otherwise, as recursive schemas that meet again.</summary>
    private readonly HashSet<(Node, Node)> _assumed = [];
    private readonly List<(Schema Left, Schema Right)> _order = [];
    private int _depth;

    private SchemaEquality(bool annotationsCount, string? ignored = null)
    {
        _annotationsCount = annotationsCount;
        _ignored = ignored;
    }

    public static bool Same(Schema left, Schema right) => new SchemaEquality(annotationsCount: true).Decide(left, right);

    /// <summary>Equal but for titles, descriptions, examples and defaults.</summary>
    public static bool AcceptSame(Schema left, Schema right) => new SchemaEquality(annotationsCount: false).Decide(left, right);

    /// <summary>Equal but for those and for one keyword.</summary>
    public static bool AcceptSameBut(string keyword, Schema left, Schema right) => new SchemaEquality(annotationsCount: false, keyword).Decide(left, right);

    private bool Decide(Schema left, Schema right)
    {
        if (!AreSame(left, right))
            return false;

        // Nothing contradicted what was assumed on the way.
        foreach (var pair in _order)
            Remember(pair.Left, pair.Right, same: true);
        return true;
    }

    private bool AreSame(Schema left, Schema right)
    {
        if (left.Node.Equals(right.Node))
            return true;
        if (!left.Node.IsObject || !right.Node.IsObject)
            return NodeEquality.Same(left.Node, right.Node);
        if (_ignored is null && left.Source.Equal.TryGetValue((left.Node, right.Node, _annotationsCount), out var known))
            return known;
        if (!_assumed.Add((left.Node, right.Node)))
            return true;
        _order.Add((left, right));
        Nesting.Check(++_depth, right.Node, Nesting.DeepestSchemas);
        var same = Says(left, right) && Says(right, left, onlyMissing: true);
        _depth--;
        if (!same)
            Remember(left, right, same: false);
        return same;
    }

    private void Remember(Schema left, Schema right, bool same)
    {
        if (_ignored is null)
            left.Source.Equal[(left.Node, right.Node, _annotationsCount)] = same;
    }

    /// <summary>What was assumed for an attempt that failed must not help another.</summary>
    private bool Try(Schema left, Schema right)
    {
        var mark = _order.Count;
        if (AreSame(left, right))
            return true;
        foreach (var (l, r) in _order[mark..])
            _assumed.Remove((l.Node, r.Node));
        _order.RemoveRange(mark, _order.Count - mark);
        return false;
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
            var same = open.FindIndex(o => (!_annotationsCount || o.Name == branch.Name || branch.Name is null) && Try(branch.Schema, o.Schema));
            if (same < 0)
                return false;
            open.RemoveAt(same);
        }

        return true;
    }

    private bool AreSame(Dictionary<string, SchemaRef> left, Dictionary<string, SchemaRef> right) =>
        left.Count == right.Count && left.All(l => right.TryGetValue(l.Key, out var r) && AreSame(l.Value.Schema, r.Schema));
}
