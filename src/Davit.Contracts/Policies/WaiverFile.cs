using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Davit.Contracts.Policies;

/// <summary>Writes <c>.davit/waivers.yaml</c>: the same waivers give the same bytes, and one more is a few lines more.</summary>
public static class WaiverFile
{
    private const string Head = "# Findings that are permitted until a day. Written by: davit contract accept\nwaivers:\n";

    /// <summary>The text of the file, sorted.</summary>
    public static string Text(ImmutableArray<Waiver> waivers)
    {
        if (waivers.IsEmpty)
            return "waivers: []\n";
        var text = new StringBuilder(Head);
        foreach (var waiver in waivers.OrderBy(w => w.At, StringComparer.Ordinal).ThenBy(w => w.Rule, StringComparer.Ordinal).ThenBy(w => w.Element, StringComparer.Ordinal).ThenBy(w => w.Fingerprint, StringComparer.Ordinal))
        {
            var lead = "  - ";
            foreach (var (name, value) in Members(waiver).Where(m => m.Value is not ""))
            {
                text.Append(lead).Append(name).Append(": ").Append(value).Append('\n');
                lead = "    ";
            }
        }

        return text.ToString();
    }

    private static IEnumerable<(string Name, string Value)> Members(Waiver waiver) =>
    [
        ("fingerprint", waiver.Fingerprint is "" ? "" : Quoted(waiver.Fingerprint)),
        ("rule", Quoted(waiver.Rule)),
        ("at", waiver.At is "*" ? "" : Quoted(waiver.At)),
        ("element", waiver.Element is "*" ? "" : Quoted(waiver.Element)),
        ("consumer", waiver.Consumer is "" ? "" : Quoted(waiver.Consumer)),
        ("reason", Quoted(waiver.Reason)),
        ("owner", Quoted(waiver.Owner)),
        ("until", waiver.Until.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
    ];

    /// <summary>A JSON string is a double-quoted YAML one.</summary>
    private static string Quoted(string text) => $"\"{System.Text.Json.JsonEncodedText.Encode(text, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
