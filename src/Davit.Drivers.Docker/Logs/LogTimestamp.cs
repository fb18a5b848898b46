using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Davit.Drivers.Docker.Logs;

/// <summary>The engine's prefix of each log record: RFC 3339 with nine digits of a second, then a space.</summary>
internal static class LogTimestamp
{
    private const int SecondsLength = 19;

    /// <summary>Splits a record into its instant and the rest.</summary>
    public static bool TryRead(ReadOnlySpan<byte> record, out long unixNanoseconds, out ReadOnlySpan<byte> rest)
    {
        unixNanoseconds = 0;
        rest = record;
        var space = record.IndexOf((byte)' ');
        if (space < SecondsLength + 2 || space > 40 || record[SecondsLength] is not (byte)'.')
            return false;
        if (!DateTime.TryParseExact(
                Encoding.ASCII.GetString(record[..SecondsLength]), "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var seconds))
            return false;

        var digits = record[(SecondsLength + 1)..];
        if (!Utf8Parser.TryParse(digits, out uint fraction, out var length) || length > 9)
            return false;

        for (var i = length; i < 9; i++)
            fraction *= 10;
        unixNanoseconds = ((seconds - DateTime.UnixEpoch).Ticks * 100) + fraction;
        rest = record[(space + 1)..];
        return true;
    }

    /// <summary>In the form of <c>since</c>: seconds, a dot, nine digits.</summary>
    public static string ToSince(long unixNanoseconds) =>
        string.Create(CultureInfo.InvariantCulture, $"{unixNanoseconds / 1_000_000_000}.{unixNanoseconds % 1_000_000_000:D9}");
}
