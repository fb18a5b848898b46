using System.Text;
using Davit.Contracts.Protobuf.Wire;

namespace Davit.Contracts.Protobuf.Model;

/// <summary>Where the elements of one file stand, as the compiler noted. Looked up by the steps that lead to an element.</summary>
internal sealed class Locations
{
    /// <summary>No file has as many lines, and no line as many columns.</summary>
    private const ulong Most = 1 << 30;

    private readonly Dictionary<string, ReadOnlyMemory<byte>> _spans = new(StringComparer.Ordinal);

    public Locations(ReadOnlyMemory<byte> source)
    {
        for (var reader = new WireReader(source); reader.Next();)
        {
            if (reader.Field is not 1)
                continue;
            var (path, span) = (default(WireMessage), default(WireMessage));
            for (var location = new WireReader(reader.Bytes); location.Next();)
            {
                if (location.Field is 1)
                    path = path.With(location.Bytes);
                else if (location.Field is 2)
                    span = span.With(location.Bytes);
            }

            _spans.TryAdd(Encoding.Latin1.GetString(path.Bytes.Span), span.Bytes);
        }
    }

    /// <summary>Lines and columns from 1, the end behind the last character; null where nothing is noted, or nothing that can be a place.</summary>
    public Span? Find(IEnumerable<int> path)
    {
        if (!_spans.TryGetValue(Key(path), out var bytes))
            return null;
        var numbers = new List<int>(4);
        for (var reader = new WireReader(bytes); numbers.Count <= 4 && reader.NextPacked();)
        {
            if (reader.Number > Most)
                return null;
            numbers.Add(reader.Int);
        }

        return numbers switch
        {
            [var line, var from, var to] when from <= to => new Span(line + 1, from + 1, line + 1, to + 1),
            [var line, var from, var last, var to] when line < last || line == last && from <= to => new Span(line + 1, from + 1, last + 1, to + 1),
            _ => null,
        };
    }

    private static string Key(IEnumerable<int> path)
    {
        var key = new StringBuilder();
        foreach (var step in path)
        {
            var left = (uint)step;
            for (; left >= 0x80; left >>= 7)
                key.Append((char)(left & 0x7F | 0x80));
            key.Append((char)left);
        }

        return key.ToString();
    }
}

internal sealed record Span(int Line, int Column, int EndLine, int EndColumn);
