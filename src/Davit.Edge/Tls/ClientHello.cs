using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Davit.Edge.Tls;

internal enum HelloState
{
    NeedMore,
    NotTls,
    Complete,
}

/// <summary>Reads the server name out of a ClientHello (RFC 8446 section 4.1.2, RFC 6066 section 3), over any fragmentation into records.</summary>
internal static class ClientHello
{
    /// <summary>What a hello may take, record heads included.</summary>
    public const int Largest = 16 * 1024;

    private const int RecordHead = 5;
    private const byte Handshake = 22;

    /// <param name="bytes">Everything received so far.</param>
    /// <param name="serverName">Lower-case; "" when the hello names none.</param>
    public static HelloState Read(in ReadOnlySequence<byte> bytes, out string serverName)
    {
        serverName = "";
        var raw = bytes.Length <= Largest ? bytes.ToArray() : bytes.Slice(0, Largest).ToArray();
        var hello = new byte[raw.Length];
        var length = 0;
        for (var at = 0; at < raw.Length;)
        {
            if (raw[at] is not Handshake || (raw.Length > at + 1 && raw[at + 1] is not 3))
                return HelloState.NotTls;

            if (raw.Length < at + RecordHead)
                break;

            var size = BinaryPrimitives.ReadUInt16BigEndian(raw.AsSpan(at + 3));
            if (size is 0 or > 16640)
                return HelloState.NotTls;

            var have = Math.Min(size, raw.Length - at - RecordHead);
            raw.AsSpan(at + RecordHead, have).CopyTo(hello.AsSpan(length));
            length += have;
            if (length > 0 && hello[0] is not 1)
                return HelloState.NotTls;

            if (Whole(hello.AsSpan(0, length)) is { } body)
                return TryName(hello.AsSpan(4, body), out serverName) ? HelloState.Complete : HelloState.NotTls;

            at += RecordHead + size;
        }

        return bytes.Length >= Largest ? HelloState.NotTls : HelloState.NeedMore;
    }

    private static int? Whole(ReadOnlySpan<byte> hello)
    {
        if (hello.Length < 4)
            return null;

        var body = (hello[1] << 16) | (hello[2] << 8) | hello[3];
        return hello.Length >= 4 + body ? body : null;
    }

    private static bool TryName(ReadOnlySpan<byte> body, out string serverName)
    {
        serverName = "";
        if (!TrySkip(ref body, 34) || !TryTake(ref body, 1, out _) || !TryTake(ref body, 2, out _) || !TryTake(ref body, 1, out _))
            return false;

        if (body.Length is 0)
            return true;

        if (!TryTake(ref body, 2, out var extensions))
            return false;

        while (extensions.Length > 0)
        {
            if (extensions.Length < 4)
                return false;

            var type = BinaryPrimitives.ReadUInt16BigEndian(extensions);
            extensions = extensions[2..];
            if (!TryTake(ref extensions, 2, out var content))
                return false;

            if (type is 0)
                return TryHost(content, out serverName);
        }

        return true;
    }

    private static bool TryHost(ReadOnlySpan<byte> content, out string serverName)
    {
        serverName = "";
        if (!TryTake(ref content, 2, out var list) || list.Length < 3 || list[0] is not 0)
            return false;

        list = list[1..];
        if (!TryTake(ref list, 2, out var name) || name.Length is 0 or > 253 || name.ContainsAnyExceptInRange((byte)'!', (byte)'~'))
            return false;

        serverName = Encoding.ASCII.GetString(name).TrimEnd('.').ToLowerInvariant();
        return true;
    }

    private static bool TrySkip(ref ReadOnlySpan<byte> from, int count)
    {
        if (from.Length < count)
            return false;

        from = from[count..];
        return true;
    }

    /// <summary>Takes a vector that is preceded by its length.</summary>
    private static bool TryTake(ref ReadOnlySpan<byte> from, int lengthBytes, out ReadOnlySpan<byte> vector)
    {
        vector = [];
        if (from.Length < lengthBytes)
            return false;

        var length = lengthBytes is 1 ? from[0] : BinaryPrimitives.ReadUInt16BigEndian(from);
        if (from.Length < lengthBytes + length)
            return false;

        vector = from.Slice(lengthBytes, length);
        from = from[(lengthBytes + length)..];
        return true;
    }
}
