using System.Globalization;

namespace Davit.Manifest.App.Reading;

/// <summary>Ports are named by number or by the name a Compose port has.</summary>
internal static class PortNames
{
    public static int? Resolve(string? text, IReadOnlyDictionary<string, int> named)
    {
        if (text is null)
            return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return number is > 0 and <= 65535 ? number : null;
        return named.TryGetValue(text, out var port) ? port : null;
    }
}
