using System.Buffers.Binary;
using Davit.Model;

namespace Davit.Drivers.Docker.Engine;

/// <summary>
/// The engine's frames for two streams on one connection: one byte stream, three bytes zero, four bytes length
/// (big endian), payload. Described under "Stream format" of ContainerAttach in the Engine API.
/// </summary>
internal static class OutputFrames
{
    public const int HeaderLength = 8;

    /// <summary>The engine cuts log messages at 16 KiB and exec output at 32 KiB; far more than that is no frame.</summary>
    public const int LongestPayload = 16 * 1024 * 1024;

    public static (OutputChannel Channel, int Length) ReadHeader(ReadOnlySpan<byte> header)
    {
        var length = BinaryPrimitives.ReadUInt32BigEndian(header[4..]);
        return header[0] <= 2 && header[1] is 0 && header[2] is 0 && header[3] is 0 && length <= LongestPayload
            ? (header[0] is 2 ? OutputChannel.Stderr : OutputChannel.Stdout, (int)length)
            : throw new ProblemException(DriverProblems.RuntimeRefused("a stream of output", 200, "what came is not in the engine's frame format"));
    }
}
