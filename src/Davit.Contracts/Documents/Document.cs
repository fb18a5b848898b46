using System.Collections.Concurrent;
using System.Text;

namespace Davit.Contracts.Documents;

/// <summary>One file that was read, JSON or YAML: its values and where they stand.</summary>
internal sealed class Document(SourceText source, NodeRecord[] records, string[] names, string[] texts)
{
    /// <summary>Members of larger objects are looked up in an index of their names.</summary>
    public const int Few = 32;

    private readonly ConcurrentDictionary<int, Dictionary<string, int>> _members = new();

    public SourceText Source { get; } = source;

    public Node Root => new(this, 0);

    public int Count => records.Length;

    public ref readonly NodeRecord this[int index] => ref records[index];

    /// <summary>The first member of the name in an object, or -1.</summary>
    public int MemberOf(int index, string name) => _members.GetOrAdd(index, Members).GetValueOrDefault(name, -1);

    private Dictionary<string, int> Members(int index)
    {
        var members = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var member in new Node(this, index).Children)
        {
            if (member.Name is { } name)
                members.TryAdd(name, member.Index);
        }

        return members;
    }

    public string? NameOf(int index) => records[index].Name is >= 0 and var name ? names[name] : null;

    public string TextOf(int index)
    {
        ref readonly var record = ref records[index];
        if (record.Text >= 0)
            return texts[record.Text];
        var quotes = record.Kind is NodeKind.String ? 1 : 0;
        return Encoding.UTF8.GetString(Source.Bytes.AsSpan((record.Start + quotes)..(record.End - quotes)));
    }
}
