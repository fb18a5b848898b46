using System.Globalization;
using Davit.Manifest.Binding;

namespace Davit.Manifest.App.Reading;

/// <summary>Sizes of <c>davit.yaml</c> have a binary unit, durations are those of Compose; a bare number is neither.</summary>
internal static class DavitUnits
{
    private static readonly string[] Suffixes = ["Ki", "Mi", "Gi", "Ti"];

    public static long? Bytes(string text)
    {
        var power = Array.FindIndex(Suffixes, s => text.EndsWith(s, StringComparison.Ordinal)) + 1;
        if (power is 0 || !decimal.TryParse(text.AsSpan(0, text.Length - 2), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            return null;
        var scale = 1L << (10 * power);
        return number > 0 && number < long.MaxValue / scale ? (long)(number * scale) : null;
    }

    public static TimeSpan? Duration(string text) =>
        text.Length > 0 && char.IsAsciiLetter(text[^1]) && Units.Duration(text) is >= 0 and { } nanoseconds ? TimeSpan.FromTicks(nanoseconds / 100) : null;
}
