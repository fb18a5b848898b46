namespace Davit.Contracts.Documents;

/// <summary>The members of an object or the elements of an array, in their order.</summary>
internal struct NodeChildren
{
    private readonly Document? _document;
    private readonly int _end;
    private int _at;
    private int _next;

    public NodeChildren(Node parent)
    {
        if (!parent.IsObject && !parent.IsArray)
            return;
        _document = parent.Document;
        _next = parent.Index + 1;
        _end = _document[parent.Index].Next;
    }

    public readonly Node Current => new(_document!, _at);

    public bool MoveNext()
    {
        if (_next >= _end)
            return false;
        _at = _next;
        _next = _document![_at].Next;
        return true;
    }

    public readonly NodeChildren GetEnumerator() => this;

    public readonly List<Node> ToList()
    {
        var all = new List<Node>();
        foreach (var child in this)
            all.Add(child);
        return all;
    }
}
