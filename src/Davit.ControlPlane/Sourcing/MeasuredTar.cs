using Davit.ControlPlane.Content;
using Davit.Model;

namespace Davit.ControlPlane.Sourcing;

/// <summary>
/// Looks at the heads of an archive on their way to the reader, which takes as much memory for long names and attributes as
/// their head claims before it has seen one byte of them.
/// </summary>
internal sealed class MeasuredTar(Stream archive) : ReadingStream
{
    private const int Head = 512;
    private const long LongestNames = 1 << 20;

    /// <summary>The next read of the size of a head is one.</summary>
    public bool IsBetweenEntries { get; set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!IsBetweenEntries || buffer.Length is not Head)
            return await archive.ReadAsync(buffer, cancellationToken);

        var read = await archive.ReadAtLeastAsync(buffer, Head, throwOnEndOfStream: false, cancellationToken);
        if (read is Head && buffer.Span[156] is (byte)'x' or (byte)'g' or (byte)'L' or (byte)'K' && Size(buffer.Span.Slice(124, 12)) > LongestNames)
            throw new ProblemException(SourceProblems.BadArchive($"it has a name or attributes of more than {LongestNames >> 20} MiB"));
        return read;
    }

    /// <summary>Octal digits, or a number in base 256 where the first bit is set. Never less than what the reader makes of it.</summary>
    private static long Size(ReadOnlySpan<byte> field)
    {
        if (field[0] >= 0x80)
            return long.MaxValue;
        var size = 0L;
        foreach (var b in field)
            size = b is >= (byte)'0' and <= (byte)'7' ? (size << 3) | (uint)(b - '0') : size;
        return size;
    }
}
