namespace Davit.Manifest.App.Reading;

/// <summary>Hostnames as RFC 1123 has them, with <c>*</c> allowed as the whole first label.</summary>
internal static class HostNames
{
    public static bool IsValid(string host)
    {
        if (host.Length is 0 or > 253)
            return false;
        var labels = host.Split('.');
        return labels.Select((label, i) => i is 0 && label is "*" && labels.Length > 2 ? true : IsLabel(label)).All(ok => ok);
    }

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= 63 && label[0] is not '-' && label[^1] is not '-' && label.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
