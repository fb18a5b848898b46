using System.Buffers;
using System.Collections.Immutable;
using System.Text;

namespace Davit.Edge.Forwarding.Http1;

/// <summary>
/// Follows chunked framing (RFC 9112 section 7.1) through bytes that arrive in pieces of any size. Strict: only CRLF ends
/// a line, sizes have at most fifteen digits, lines at most 4 KiB.
/// </summary>
internal sealed class ChunkScanner
{
    private const int LongestLine = 4 * 1024;
    private const int MostTrailerBytes = 16 * 1024;
    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdefABCDEF"u8);

    private readonly List<byte> _line = new(32);
    private readonly List<KeyValuePair<string, string>> _trailers = [];
    private Phase _phase;
    private long _left;
    private int _trailerBytes;

    private enum Phase
    {
        Size,
        Content,
        ContentEnd,
        Trailers,
        Done,
        Broken,
    }

    public bool IsDone => _phase is Phase.Done;

    /// <summary>A last chunk could be written here.</summary>
    public bool IsBetweenChunks => _phase is Phase.Size && _line.Count is 0;

    public bool IsBroken => _phase is Phase.Broken;

    public ImmutableArray<KeyValuePair<string, string>> Trailers => [.. _trailers];

    public void Reset()
    {
        _phase = Phase.Size;
        _line.Clear();
        _trailers.Clear();
        _trailerBytes = 0;
    }

    /// <summary>
    /// Looks at the next bytes and says how many of them were understood in one step; <paramref name="content"/> is what of
    /// them is content rather than framing. 0 when it is done or broken.
    /// </summary>
    public int Step(ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> content)
    {
        content = [];
        if (bytes is [] || _phase is Phase.Done or Phase.Broken)
            return 0;

        if (_phase is not Phase.Content)
            return Line(bytes);

        var take = (int)Math.Min(_left, bytes.Length);
        content = bytes[..take];
        _left -= take;
        if (_left is 0)
            _phase = Phase.ContentEnd;

        return take;
    }

    private int Line(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf((byte)'\n');
        var take = end < 0 ? bytes.Length : end + 1;
        if (_line.Count + take > LongestLine)
            return Fail();

        if (end < 0)
        {
            _line.AddRange(bytes);
            return take;
        }

        // A line that arrived whole needs no copy.
        if (_line.Count is 0)
            return EndLine(bytes[..take]) ? take : Fail();

        _line.AddRange(bytes[..take]);
        var whole = _line.ToArray();
        _line.Clear();
        return EndLine(whole) ? take : Fail();
    }

    private bool EndLine(ReadOnlySpan<byte> line)
    {
        if (line is not [.., (byte)'\r', (byte)'\n'])
            return false;

        line = line[..^2];
        if (line.ContainsAny((byte)'\r', (byte)0))
            return false;

        switch (_phase)
        {
            case Phase.Size:
                return Size(line);
            case Phase.ContentEnd:
                _phase = Phase.Size;
                return line is [];
            default:
                return Trailer(line);
        }
    }

    private bool Size(ReadOnlySpan<byte> line)
    {
        var digits = line.IndexOfAnyExcept(HexDigits) is var end and >= 0 ? end : line.Length;
        if (digits is 0 or > 15 || (digits < line.Length && line[digits] is not ((byte)';' or (byte)' ' or (byte)'\t')))
            return false;

        _left = 0;
        foreach (var digit in line[..digits])
            _left = (_left << 4) | (uint)(digit <= (byte)'9' ? digit - '0' : (digit | 0x20) - 'a' + 10);

        _phase = _left is 0 ? Phase.Trailers : Phase.Content;
        return true;
    }

    private bool Trailer(ReadOnlySpan<byte> line)
    {
        if (line is [])
        {
            _phase = Phase.Done;
            return true;
        }

        var colon = line.IndexOf((byte)':');
        if (colon <= 0 || line[..colon].ContainsAny((byte)' ', (byte)'\t') || (_trailerBytes += line.Length) > MostTrailerBytes)
            return false;

        _trailers.Add(new(Encoding.ASCII.GetString(line[..colon]), Encoding.Latin1.GetString(line[(colon + 1)..].Trim(" \t"u8))));
        return true;
    }

    private int Fail()
    {
        _phase = Phase.Broken;
        return 0;
    }
}
