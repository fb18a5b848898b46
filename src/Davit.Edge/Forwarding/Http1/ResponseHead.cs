using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Davit.Edge.Forwarding.Http1;

internal enum BodyFraming
{
    None,
    Length,
    Chunked,
    UntilClose,
}

/// <summary>
/// A response head read strictly (RFC 9112): what is ambiguous is refused, because a client might read it differently.
/// The instance is reused from response to response.
/// </summary>
internal sealed class ResponseHead
{
    private const int MostFields = 256;
    private static readonly SearchValues<byte> NameBytes = SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);
    private static readonly SearchValues<byte> NotInValues = SearchValues.Create("\0\r\n"u8);

    private readonly List<KeyValuePair<string, string>> _fields = new(16);
    private readonly List<string> _connection = [];

    public int Status { get; private set; }

    public string Reason { get; private set; } = "";

    /// <summary>End-to-end fields in the order they came.</summary>
    public List<KeyValuePair<string, string>> Fields => _fields;

    public BodyFraming Framing { get; private set; }

    public long Length { get; private set; }

    public bool KeepsAlive { get; private set; }

    /// <summary>The protocol of an upgrade; "" otherwise.</summary>
    public string Upgrade { get; private set; } = "";

    /// <summary>Where the head ends in the bytes, behind its empty line; -1 when more are needed.</summary>
    public static int FindEnd(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf("\r\n\r\n"u8);
        return end < 0 ? -1 : end + 4;
    }

    /// <returns>False when the bytes are no response of HTTP/1.</returns>
    public bool TryParse(ReadOnlySpan<byte> head, bool toHead)
    {
        (Length, Upgrade, Framing) = (-1, "", BodyFraming.None);
        _fields.Clear();
        _connection.Clear();
        var lineEnd = head.IndexOf("\r\n"u8);
        if (!TryParseStatusLine(head[..lineEnd]))
            return false;

        var (framing, fields) = (new Fields11(), 0);
        for (head = head[(lineEnd + 2)..]; !head.StartsWith("\r\n"u8); head = head[(lineEnd + 2)..])
        {
            lineEnd = head.IndexOf("\r\n"u8);
            if (++fields > MostFields || !TryParseField(head[..lineEnd], ref framing))
                return false;
        }

        return Settle(framing, toHead);
    }

    private bool TryParseStatusLine(ReadOnlySpan<byte> line)
    {
        if (line.Length < 12 || !line.StartsWith("HTTP/1."u8) || line[7] is not ((byte)'0' or (byte)'1') || line[8] is not (byte)' '
            || !Utf8Parser.TryParse(line.Slice(9, 3), out int status, out var used) || used is not 3 || status is < 100 or > 599
            || (line.Length > 12 && line[12] is not (byte)' '))
            return false;

        var reason = line.Length > 13 ? line[13..] : [];
        (Status, KeepsAlive) = (status, line[7] is (byte)'1');
        Reason = status is 200 && reason.SequenceEqual("OK"u8) ? "OK" : Encoding.Latin1.GetString(reason);
        return reason.IndexOfAny(NotInValues) < 0;
    }

    private bool TryParseField(ReadOnlySpan<byte> line, ref Fields11 framing)
    {
        var colon = line.IndexOf((byte)':');
        if (colon <= 0 || line[..colon].ContainsAnyExcept(NameBytes))
            return false;

        var name = FieldNames.Intern(line[..colon]);
        var value = line[(colon + 1)..].Trim(" \t"u8);
        if (value.ContainsAny(NotInValues))
            return false;

        if (name is "Content-Length")
            return framing.Lengths(value);

        if (name is "Transfer-Encoding")
            return framing.Codings(value);

        var text = FieldNames.Value(value);
        if (name is "Connection")
            _connection.Add(text);
        else if (name is "Upgrade")
            Upgrade = text;
        else if (!FieldNames.IsHopByHop(name))
            _fields.Add(new(name, text));

        return true;
    }

    private bool Settle(Fields11 framing, bool toHead)
    {
        foreach (var options in _connection)
            ApplyConnection(options);

        if (framing is { IsChunked: true, Length: >= 0 })
            KeepsAlive = false;

        Length = framing.IsChunked ? -1 : framing.Length;
        Framing = toHead || Status is 204 or 304 or < 200 ? BodyFraming.None
            : framing.IsChunked ? BodyFraming.Chunked
            : Length >= 0 ? BodyFraming.Length
            : BodyFraming.UntilClose;
        if (Framing is BodyFraming.UntilClose)
            KeepsAlive = false;

        return true;
    }

    private void ApplyConnection(string connection)
    {
        foreach (var option in connection.Split(',', StringSplitOptions.TrimEntries))
        {
            if (option.Equals("close", StringComparison.OrdinalIgnoreCase))
                KeepsAlive = false;
            else if (option.Equals("keep-alive", StringComparison.OrdinalIgnoreCase))
                KeepsAlive = true;
            else
                _fields.RemoveAll(f => option.Equals(f.Key, StringComparison.OrdinalIgnoreCase));
        }
    }

    /// <summary>The fields that say how the message is framed.</summary>
    private struct Fields11()
    {
        public long Length = -1;
        public bool IsChunked;

        /// <summary>Several lengths are one only when they are equal (RFC 9112 section 6.3).</summary>
        public bool Lengths(ReadOnlySpan<byte> value)
        {
            if (value is [] || value[0] is < (byte)'0' or > (byte)'9' || !Utf8Parser.TryParse(value, out long length, out var used) || used != value.Length)
                return false;

            var same = Length is -1 || Length == length;
            Length = length;
            return same;
        }

        public bool Codings(ReadOnlySpan<byte> value)
        {
            var known = !IsChunked && Ascii.EqualsIgnoreCase(value, "chunked"u8);
            IsChunked = true;
            return known;
        }
    }
}
