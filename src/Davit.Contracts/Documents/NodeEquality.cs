namespace Davit.Contracts.Documents;

/// <summary>Compares values as JSON does: the order of members says nothing, and <c>1.0</c> is <c>1</c>.</summary>
internal static class NodeEquality
{
    public static bool Same(Node left, Node right)
    {
        if (left.Kind != right.Kind)
            return false;
        return left.Kind switch
        {
            NodeKind.Object => SameMembers(left, right),
            NodeKind.Array => SameElements(left, right),
            NodeKind.Number => left.Number == right.Number,
            NodeKind.Boolean => left.Boolean == right.Boolean,
            NodeKind.String => string.Equals(left.Text, right.Text, StringComparison.Ordinal),
            _ => true,
        };
    }

    /// <summary>Two lists whose order and repetitions say nothing, or two values of which one may stand for a list of one.</summary>
    public static bool SameSet(Node left, Node right)
    {
        var (l, r) = (Elements(left), Elements(right));
        return l.TrueForAll(x => r.Exists(y => Same(x, y))) && r.TrueForAll(x => l.Exists(y => Same(x, y)));
    }

    private static List<Node> Elements(Node node) => node.IsArray ? node.Children.ToList() : [node];

    private static bool SameMembers(Node left, Node right)
    {
        var count = 0;
        foreach (var member in left.Children)
        {
            count++;
            if (right[member.Name!] is not { Exists: true } other || !Same(member, other))
                return false;
        }

        return count == right.Children.ToList().Count;
    }

    private static bool SameElements(Node left, Node right)
    {
        var (l, r) = (left.Children.GetEnumerator(), right.Children.GetEnumerator());
        while (true)
        {
            var (hasLeft, hasRight) = (l.MoveNext(), r.MoveNext());
            if (hasLeft != hasRight)
                return false;
            if (!hasLeft)
                return true;
            if (!Same(l.Current, r.Current))
                return false;
        }
    }
}
