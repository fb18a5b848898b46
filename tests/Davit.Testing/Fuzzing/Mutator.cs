using System.Text;

namespace Davit.Testing.Fuzzing;

/// <summary>Makes inputs out of good ones: bytes turned, cut out, doubled, and joined with pieces of others and of a word list.</summary>
internal sealed class Mutator(IReadOnlyList<byte[]> seeds, IReadOnlyList<string> words, Dice dice)
{
    private const int Largest = 64 * 1024;

    private static readonly byte[][] Odd =
    [
        [0], [0xff], [0x7f], [0x80], "\n"u8.ToArray(), "\r\n"u8.ToArray(), "\r"u8.ToArray(), "\t"u8.ToArray(), " "u8.ToArray(), [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xef, 0xbb, 0xbf], [0xe2, 0x80, 0xae],
        "-1"u8.ToArray(), "0"u8.ToArray(), "2147483648"u8.ToArray(), "9223372036854775808"u8.ToArray(), "1e999"u8.ToArray(), "null"u8.ToArray(), "\""u8.ToArray(), "\\"u8.ToArray(), "{"u8.ToArray(), "["u8.ToArray(), ".."u8.ToArray(), "%00"u8.ToArray(), "$"u8.ToArray(), "${"u8.ToArray(),
    ];

    private readonly byte[][] _words = [.. words.Select(Encoding.UTF8.GetBytes), .. Odd];

    public byte[] Next()
    {
        var bytes = new List<byte>(dice.Of(seeds));
        for (var left = 1 + dice.Next(4); left > 0; left--)
            Change(bytes);
        return bytes.Count <= Largest ? [.. bytes] : [.. bytes.Take(Largest)];
    }

    private void Change(List<byte> bytes)
    {
        var at = dice.Next(bytes.Count + 1);
        var span = Math.Min(bytes.Count - at, Length());
        switch (dice.Next(9))
        {
            case 0 when span > 0:
                bytes[at] ^= (byte)(1 << dice.Next(8));
                break;
            case 1 when span > 0:
                bytes[at] = (byte)dice.Next(256);
                break;
            case 2:
                bytes.RemoveRange(at, span);
                break;
            case 3:
                bytes.InsertRange(at, [.. bytes.GetRange(at, span)]);
                break;
            case 4:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 5:
                bytes.InsertRange(at, Piece());
                break;
            case 6:
                bytes.RemoveRange(at, span);
                bytes.InsertRange(at, dice.Of(_words));
                break;
            case 7 when dice.Next(16) is 0:
                bytes.InsertRange(at, Enumerable.Repeat(dice.Of(_words), 1 + dice.Next(2000)).SelectMany(w => w));
                break;
            default:
                bytes.InsertRange(at, dice.Of(_words));
                break;
        }
    }

    private byte[] Piece()
    {
        var other = dice.Of(seeds);
        var from = dice.Next(other.Length + 1);
        return other[from..Math.Min(other.Length, from + Length())];
    }

    /// <summary>Mostly short.</summary>
    private int Length() => dice.Next(4) is 0 ? dice.Next(256) : 1 + dice.Next(8);
}
