using System.Buffers.Binary;

namespace Davit.Drivers.Docker.Builds;

/// <summary>
/// Walks the fields of one protocol buffer message (https://protobuf.dev/programming-guides/encoding/). Enough for the few
/// fields of the builder's trace; what is malformed ends the walk.
/// </summary>
internal ref struct ProtoReader(ReadOnlySpan<byte> message)
{
    private ReadOnlySpan<byte> _rest = message;

    public int Field { get; private set; }

    /// <summary>The value of a varint field.</summary>
    public ulong Number { get; private set; }

    /// <summary>The value of a field with a length: text, bytes or a message.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    public bool Next()
    {
        Bytes = default;
        Number = 0;
        if (!TryVarint(out var tag))
            return false;

        Field = (int)(tag >> 3);
        return (tag & 7) switch
        {
            0 => TryNumber(),
            1 => TryFixed(8),
            2 => TryBytes(),
            5 => TryFixed(4),
            _ => false,
        };
    }

    private bool TryNumber()
    {
        if (!TryVarint(out var number))
            return false;
        Number = number;
        return true;
    }

    private bool TryFixed(int width)
    {
        if (_rest.Length < width)
            return false;
        Number = width is 8 ? BinaryPrimitives.ReadUInt64LittleEndian(_rest) : BinaryPrimitives.ReadUInt32LittleEndian(_rest);
        _rest = _rest[width..];
        return true;
    }

    private bool TryBytes()
    {
        if (!TryVarint(out var length) || length > (ulong)_rest.Length)
            return false;
        Bytes = _rest[..(int)length];
        _rest = _rest[(int)length..];
        return true;
    }

    private bool TryVarint(out ulong value)
    {
        value = 0;
        for (var i = 0; i < Math.Min(10, _rest.Length); i++)
        {
            value |= (ulong)(_rest[i] & 0x7f) << (7 * i);
            if ((_rest[i] & 0x80) is not 0)
                continue;
            _rest = _rest[(i + 1)..];
            return true;
        }

        return false;
    }
}
