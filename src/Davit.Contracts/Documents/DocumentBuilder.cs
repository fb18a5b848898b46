namespace Davit.Contracts.Documents;

/// <summary>Takes the values of a file in the order of its text.</summary>
internal sealed class DocumentBuilder(SourceText source, ReadLimits limits)
{
    private readonly Stack<int> _open = new();
    private readonly Dictionary<string, int> _nameIndex = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];
    private readonly List<string> _texts = [];
    private NodeRecord[] _records = new NodeRecord[Math.Max(16, source.Bytes.Length / 24)];
    private int[] _seen = [];
    private int _pendingName = -1;
    private int _pendingStart;

    public int Count { get; private set; }

    /// <summary>How many values are there only because an alias asked for them again.</summary>
    public int Repeated { get; private set; }

    public void Name(ReadOnlySpan<char> name, int start)
    {
        var lookup = _nameIndex.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!lookup.TryGetValue(name, out _pendingName))
        {
            _pendingName = _names.Count;
            _names.Add(name.ToString());
            _nameIndex.Add(_names[^1], _pendingName);
        }

        _pendingStart = start;
    }

    /// <param name="text">What the value says, where the source between <paramref name="start"/> and <paramref name="end"/> does not say it literally.</param>
    public void Scalar(NodeKind kind, int start, int end, string? text = null)
    {
        if (end - start > limits.Scalar)
            throw new UnreadableException(UnreadableCodes.TooLarge, $"the value is larger than {limits.Scalar >> 20} MiB", source.Between(start, start));
        ref var record = ref Add(kind, start, end);
        record.Next = Count;
        if (text is null)
            return;
        record.Text = _texts.Count;
        _texts.Add(text);
    }

    public void Open(NodeKind kind, int start)
    {
        if (_open.Count >= limits.Depth)
            throw TooDeep(start);
        _open.Push(Count);
        Add(kind, start, start);
    }

    public void Close(int end)
    {
        var index = _open.Pop();
        _records[index].End = end;
        _records[index].Next = Count;
        if (_records[index].Kind is NodeKind.Object && limits.RefusesTwins)
            RefuseDoubles(index);
    }

    /// <summary>Once more what was built before, as an alias of it asks for.</summary>
    public void Repeat(int index, int start, int end)
    {
        var (first, next) = (index, _records[index].Next);
        if (next is 0)
            throw new UnreadableException(UnreadableCodes.Syntax, "an alias stands within what it stands for", source.Between(start, end));
        var shift = Count - first;
        var ends = new Stack<int>();
        for (var i = first; i < next; i++)
        {
            var copy = _records[i];
            while (ends.TryPeek(out var innermost) && innermost <= i)
                ends.Pop();
            if (copy.Next > i + 1)
                ends.Push(copy.Next);
            if (_open.Count + ends.Count > limits.Depth)
                throw TooDeep(start);
            ref var record = ref Add(copy.Kind, copy.Start, copy.End);
            var (name, memberStart) = i == first ? (record.Name, record.MemberStart) : (copy.Name, copy.MemberStart);
            record = copy with { Name = name, MemberStart = memberStart, Next = copy.Next + shift };
        }

        // The alias itself is the place to look at; what it stands for keeps its own places.
        _records[first + shift].Start = start;
        _records[first + shift].End = end;
        Repeated += next - first;
    }

    /// <summary>Adds members of other objects to the one that is open, as far as it has none of the name.</summary>
    public void Merge(List<int> objects)
    {
        foreach (var other in objects)
        {
            ref readonly var merged = ref _records[other];
            if (merged.Kind is not NodeKind.Object || merged.Next is 0)
                throw new UnreadableException(UnreadableCodes.Syntax, "a merge key takes objects that end before it", source.Between(merged.Start, merged.Start));
            for (var (member, end) = (other + 1, merged.Next); member < end; member = _records[member].Next)
            {
                if (!Has(_open.Peek(), _records[member].Name))
                    RepeatMember(member);
            }
        }
    }

    private UnreadableException TooDeep(int start) => new(UnreadableCodes.TooDeep, $"values are nested more than {limits.Depth} deep", source.Between(start, start));

    private void RepeatMember(int member)
    {
        var record = _records[member];
        (_pendingName, _pendingStart) = (record.Name, record.MemberStart);
        Repeat(member, record.Start, record.End);
    }

    private bool Has(int open, int name)
    {
        for (var member = open + 1; member < Count; member = _records[member].Next)
        {
            if (_records[member].Name == name)
                return true;
        }

        return false;
    }

    public Document Build() => new(source, _records.AsSpan(0, Count).ToArray(), [.. _names], [.. _texts]);

    private ref NodeRecord Add(NodeKind kind, int start, int end)
    {
        if (Count >= limits.Nodes)
            throw new UnreadableException(UnreadableCodes.TooMany, $"there are more than {limits.Nodes} values", source.Between(start, start));
        if (Count == _records.Length)
            Array.Resize(ref _records, _records.Length * 2);
        ref var record = ref _records[Count++];
        record = new NodeRecord { Kind = kind, Start = start, End = end, Name = _pendingName, MemberStart = _pendingName < 0 ? start : _pendingStart, Text = -1 };
        _pendingName = -1;
        return ref record;
    }

    private void RefuseDoubles(int index)
    {
        if (_seen.Length < _names.Count)
            Array.Resize(ref _seen, Math.Max(_names.Count, _seen.Length * 2));
        for (var child = index + 1; child < Count; child = _records[child].Next)
        {
            ref var seen = ref _seen[_records[child].Name];
            if (seen == index + 1)
                throw new UnreadableException(UnreadableCodes.Syntax, $"'{_names[_records[child].Name]}' stands twice in one object", source.Between(_records[child].MemberStart, _records[child].End));
            seen = index + 1;
        }
    }
}
