using System.Text;

namespace Davit.Contracts.Documents;

/// <summary>The text of one file, which tells line and column of an offset. Offsets count bytes of UTF-8.</summary>
internal sealed class SourceText(string name, byte[] bytes)
{
    private const int Block = 1024;

    private readonly Lazy<int[]> _lines = new(() => LineStarts(bytes));
    private readonly Lazy<int[]> _characters = new(() => CharactersBefore(bytes));

    public string Name { get; } = name;

    public byte[] Bytes { get; } = bytes;

    public Position Between(int start, int end)
    {
        var (line, column) = At(start);
        var (endLine, endColumn) = At(end);
        return new Position(Name, line, column, endLine, endColumn);
    }

    private const int LongestExcerpt = 4096;

    /// <summary>The lines that a piece of the text lies in, at most <paramref name="most"/> of them; the piece alone where lines are very long.</summary>
    public string Lines(int start, int end, int most)
    {
        var first = LineOf(start);
        var last = Math.Min(LineOf(Math.Max(start, end - 1)), first + most - 1);
        var from = _lines.Value[first];
        var to = last + 1 < _lines.Value.Length ? _lines.Value[last + 1] : Bytes.Length;
        if (to - from > LongestExcerpt)
            (from, to) = (start, Math.Min(end, start + LongestExcerpt));
        return Encoding.UTF8.GetString(Bytes, from, to - from).TrimEnd('\r', '\n');
    }

    private (int Line, int Column) At(int offset)
    {
        var line = LineOf(offset);
        return (line + 1, CharactersTo(Math.Min(offset, Bytes.Length)) - CharactersTo(_lines.Value[line]) + 1);
    }

    /// <summary>Where all of a file is one line, counting from its beginning each time would take forever.</summary>
    private int CharactersTo(int offset) => _characters.Value[offset / Block] + Characters(Bytes.AsSpan((offset / Block * Block)..offset));

    private static int Characters(ReadOnlySpan<byte> bytes)
    {
        var count = 0;
        foreach (var b in bytes)
            count += (b & 0xC0) is 0x80 ? 0 : 1;
        return count;
    }

    /// <summary>How many characters are before each block.</summary>
    private static int[] CharactersBefore(byte[] bytes)
    {
        var before = new int[(bytes.Length / Block) + 1];
        for (var block = 1; block < before.Length; block++)
            before[block] = before[block - 1] + Characters(bytes.AsSpan((block - 1) * Block, Block));
        return before;
    }

    private int LineOf(int offset)
    {
        var found = Array.BinarySearch(_lines.Value, offset);
        return found >= 0 ? found : ~found - 1;
    }

    private static int[] LineStarts(byte[] bytes)
    {
        var starts = new List<int>(bytes.Length / 32) { bytes.AsSpan().StartsWith(Utf8.Mark) ? Utf8.Mark.Length : 0 };
        for (var at = 0; bytes.AsSpan(at).IndexOf((byte)'\n') is var next && next >= 0; at += next + 1)
            starts.Add(at + next + 1);
        return [.. starts];
    }
}
