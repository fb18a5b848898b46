using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Davit.Edge.Forwarding;

/// <summary>
/// Makes <c>req_…</c> ids: version-7 UUIDs (RFC 9562 section 5.7) whose random bits are a random start that is counted up
/// and mixed. Asking the kernel for each would cost more than parsing the request.
/// </summary>
internal sealed class RequestIds(TimeProvider clock)
{
    private readonly ulong _seed = BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(8));
    private ulong _count;

    public string Next()
    {
        var number = Interlocked.Increment(ref _count);
        var milliseconds = (ulong)clock.GetUtcNow().ToUnixTimeMilliseconds();
        var high = (milliseconds << 16) | 0x7000 | (Mix(number) & 0xFFF);
        var low = (Mix(_seed + number) & 0x3FFF_FFFF_FFFF_FFFF) | 0x8000_0000_0000_0000;
        return string.Create(36, (high, low), static (text, id) =>
        {
            "req_".CopyTo(text);
            Hex(text[4..20], id.high);
            Hex(text[20..], id.low);
        });
    }

    private static void Hex(Span<char> text, ulong value)
    {
        for (var i = 15; i >= 0; i--, value >>= 4)
            text[i] = "0123456789abcdef"[(int)(value & 15)];
    }

    /// <summary>The finaliser of splitmix64 (Steele, Lea and Flood 2014): a bijection, so counted numbers stay distinct.</summary>
    private static ulong Mix(ulong z)
    {
        z *= 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
