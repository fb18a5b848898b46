using System.Buffers.Binary;
using System.Text;
using Davit.Contracts.Documents;

namespace Davit.Contracts.Protobuf.Wire;

/// <summary>Reads the fields of one message in wire format, one after the other, and copies nothing.</summary>
internal ref struct WireReader(ReadOnlyMemory<byte> message)
{
    private readonly ReadOnlyMemory<byte> _message = message;
    private readonly ReadOnlySpan<byte> _span = message.Span;
    private int _at;

    /// <summary>The number of the field that was read last.</summary>
    public int Field { get; private set; }

    /// <summary>Its value, where it is a number.</summary>
    public ulong Number { get; private set; }

    /// <summary>Its value, where it is text, bytes or a message.</summary>
    public ReadOnlyMemory<byte> Bytes { get; private set; }

    /// <summary>It is text, bytes, a message or a packed list.</summary>
    public bool IsLong { get; private set; }

    public readonly string Text => Encoding.UTF8.GetString(Bytes.Span);

    public readonly int Int => unchecked((int)Number);

    public readonly bool Flag => Number is not 0;

    /// <summary>Where the field that was read last ends.</summary>
    public readonly int End => _at;

    /// <returns>False at the end.</returns>
    public bool Next()
    {
        if (_at >= _span.Length)
            return false;
        var tag = Varint();
        if (tag >> 3 is 0 or > int.MaxValue)
            throw Malformed();
        Field = (int)(tag >> 3);
        IsLong = false;
        Number = 0;
        Bytes = default;
        Value((int)(tag & 7));
        return true;
    }

    /// <summary>Reads numbers that are packed into the value.</summary>
    public bool NextPacked()
    {
        if (_at >= _span.Length)
            return false;
        Number = Varint();
        return true;
    }

    private void Value(int kind)
    {
        switch (kind)
        {
            case 0:
                Number = Varint();
                break;
            case 1:
                Number = BinaryPrimitives.ReadUInt64LittleEndian(Take(8));
                break;
            case 2:
                IsLong = true;
                var length = Varint();
                var from = _at;
                Take(length);
                Bytes = _message[from.._at];
                break;
            case 3:
                Bytes = Group();
                break;
            case 5:
                Number = BinaryPrimitives.ReadUInt32LittleEndian(Take(4));
                break;
            default:
                throw Malformed();
        }
    }

    /// <summary>What stands between the marks of a group; groups in it are passed over without recursion.</summary>
    private ReadOnlyMemory<byte> Group()
    {
        var from = _at;
        for (var depth = 1; ; )
        {
            var end = _at;
            var kind = (int)(Varint() & 7);
            depth += kind switch { 3 => 1, 4 => -1, _ => 0 };
            if (depth is 0)
                return _message[from..end];
            Skip(kind);
        }
    }

    private void Skip(int kind)
    {
        switch (kind)
        {
            case 0:
                Varint();
                break;
            case 1:
                Take(8);
                break;
            case 2:
                Take(Varint());
                break;
            case 5:
                Take(4);
                break;
            case > 5:
                throw Malformed();
        }
    }

    private ulong Varint()
    {
        var value = 0UL;
        for (var shift = 0; shift < 70; shift += 7)
        {
            if (_at >= _span.Length)
                break;
            var next = _span[_at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }

        throw Malformed();
    }

    private ReadOnlySpan<byte> Take(ulong length)
    {
        if (length > (ulong)(_span.Length - _at))
            throw Malformed();
        var taken = _span.Slice(_at, (int)length);
        _at += (int)length;
        return taken;
    }

    private static UnreadableException Malformed() => new(UnreadableCodes.Syntax, "the descriptor set breaks off or is not in wire format");
}
