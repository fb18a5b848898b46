using Davit.ControlPlane.Content;

namespace Davit.ControlPlane.Sourcing;

/// <summary>Bytes that were already looked at, followed by the rest of the stream they came from.</summary>
internal sealed class PrefixedStream(ReadOnlyMemory<byte> prefix, Stream rest) : ReadingStream
{
    private ReadOnlyMemory<byte> _prefix = prefix;

    public override int Read(byte[] buffer, int offset, int count) => _prefix.IsEmpty ? rest.Read(buffer, offset, count) : Take(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _prefix.IsEmpty ? rest.ReadAsync(buffer, cancellationToken) : ValueTask.FromResult(Take(buffer.Span));

    private int Take(Span<byte> to)
    {
        var count = Math.Min(to.Length, _prefix.Length);
        _prefix.Span[..count].CopyTo(to);
        _prefix = _prefix[count..];
        return count;
    }
}
