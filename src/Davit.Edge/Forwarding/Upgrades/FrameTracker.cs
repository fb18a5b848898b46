using System.Buffers.Binary;

namespace Davit.Edge.Forwarding.Upgrades;

/// <summary>Follows WebSocket frames (RFC 6455 section 5.2) through bytes that arrive in pieces of any size, without keeping them.</summary>
internal sealed class FrameTracker
{
    private const int Close = 8;

    private readonly byte[] _head = new byte[14];
    private int _headBytes;
    private ulong _payloadLeft;

    /// <summary>The next byte begins a frame.</summary>
    public bool IsAtBoundary => _headBytes is 0 && _payloadLeft is 0;

    /// <summary>A whole Close frame has passed.</summary>
    public bool SawClose { get; private set; }

    /// <summary>Passes bytes, all of them or up to the next boundary, and says how many. At a boundary it passes the frame that begins there.</summary>
    public int Advance(ReadOnlySpan<byte> bytes, bool toBoundary)
    {
        var passed = 0;
        while (passed < bytes.Length)
        {
            passed += _payloadLeft > 0 ? Payload(bytes[passed..]) : Head(bytes[passed]);
            if (!IsAtBoundary)
                continue;

            SawClose |= (_head[0] & 0x0F) is Close;
            if (toBoundary)
                break;
        }

        return passed;
    }

    private int Payload(ReadOnlySpan<byte> bytes)
    {
        var take = (int)Math.Min(_payloadLeft, (ulong)bytes.Length);
        _payloadLeft -= (ulong)take;
        return take;
    }

    private int Head(byte next)
    {
        _head[_headBytes++] = next;
        if (_headBytes < 2)
            return 1;

        var lengthBytes = (_head[1] & 0x7F) switch { 126 => 2, 127 => 8, _ => 0 };
        if (_headBytes < 2 + lengthBytes + ((_head[1] & 0x80) is 0 ? 0 : 4))
            return 1;

        _payloadLeft = lengthBytes switch
        {
            2 => BinaryPrimitives.ReadUInt16BigEndian(_head.AsSpan(2)),
            8 => BinaryPrimitives.ReadUInt64BigEndian(_head.AsSpan(2)),
            _ => (ulong)(_head[1] & 0x7F),
        };
        _headBytes = 0;
        return 1;
    }
}
