using System.Text;

namespace Davit.Contracts.Documents;

/// <summary>One file that was read, JSON or YAML: its values and where they stand.</summary>
internal sealed class Document(SourceText source, NodeRecord[] records, string[] names, string[] texts)
{
    public SourceText Source { get; } = source;

    public Node Root => new(this, 0);

    public int Count => records.Length;

    public ref readonly NodeRecord this[int index] => ref records[index];

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
