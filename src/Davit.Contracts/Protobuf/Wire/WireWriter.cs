using System.Numerics;

namespace Davit.Contracts.Protobuf.Wire;

/// <summary>Writes what <see cref="WireReader"/> reads.</summary>
internal static class WireWriter
{
    private const int LongKind = 2;

    /// <summary>A field of text, bytes or a message, as the parts of it that follow each other.</summary>
    public static void Field(Stream to, int number, params ReadOnlySpan<ReadOnlyMemory<byte>> parts)
    {
        Varint(to, (ulong)number << 3 | LongKind);
        var length = 0UL;
        foreach (var part in parts)
            length += (ulong)part.Length;
        Varint(to, length);
        foreach (var part in parts)
            to.Write(part.Span);
    }

    /// <summary>How many bytes such a field takes.</summary>
    /// <param name="length">Of all its parts.</param>
    public static int Size(int number, int length) => Size((ulong)number << 3 | LongKind) + Size((ulong)length) + length;

    private static int Size(ulong value) => (Math.Max(1, 64 - BitOperations.LeadingZeroCount(value)) + 6) / 7;

    private static void Varint(Stream to, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            to.WriteByte((byte)(value & 0x7F | 0x80));
        to.WriteByte((byte)value);
    }
}
