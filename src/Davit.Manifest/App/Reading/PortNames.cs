using System.Globalization;

namespace Davit.Manifest.App.Reading;

/// <summary>Ports are named by number or by the name a Compose port has.</summary>
internal static class PortNames
{
    public static int? Resolve(string? text, IReadOnlyDictionary<string, int> named)
    {
        if (text is null)
            return null;
        if (text.All(char.IsAsciiDigit))
            return Number(text);
        return named.TryGetValue(text, out var port) ? port : null;
    }

    public static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= 65535 ? number : null;
}
