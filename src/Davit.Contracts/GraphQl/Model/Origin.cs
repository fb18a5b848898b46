using System.Text;
using Davit.Contracts.Documents;
using Davit.Contracts.Findings;

namespace Davit.Contracts.GraphQl.Model;

/// <summary>Where a schema says something: a piece of SDL, or a value of an introspection result.</summary>
internal readonly record struct Origin
{
    private const int ExcerptLines = 12;

    private readonly SourceText? _source;
    private readonly int _start;
    private readonly int _end;
    private readonly Node _node;

    public Origin(SourceText source, int start, int end)
    {
        _source = source;
        _start = start;
        _end = end;
    }

    public Origin(Node node) => _node = node;

    /// <summary>What it says, without what formatting may change.</summary>
    public string Canonical => _source is null ? Fingerprint.Canonical(_node) : string.Join(' ', Encoding.UTF8.GetString(_source.Bytes.AsSpan(_start.._end)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    public Evidence? Evidence => _source is null ? Findings.Evidence.Of(_node) : new Evidence(_source.Between(_start, _end), "", _source.Lines(_start, _end, ExcerptLines));
}
