using System.Text.Json;
using Davit.Contracts.Findings;
using Davit.Contracts.Policies;

namespace Davit.Contracts.Reports;

/// <summary>SARIF 2.1.0 (OASIS), which code scanning services read.</summary>
public static class SarifReport
{
    private const string Schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    /// <summary>Writes the report as one JSON document, UTF-8.</summary>
    public static void Write(Stream to, ReportSet report)
    {
        using var json = new Utf8JsonWriter(to, new JsonWriterOptions { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteString("$schema", Schema);
        json.WriteString("version", "2.1.0");
        json.WriteStartArray("runs");
        json.WriteStartObject();
        Driver(json, report);
        json.WriteString("columnKind", "unicodeCodePoints");
        json.WriteStartArray("results");
        foreach (var (finding, key, file) in report.Keyed())
            Result(json, finding, key, file);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Driver(Utf8JsonWriter json, ReportSet report)
    {
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "davit contract");
        // The rules that were known; with the program's own version, equal findings would give unequal bytes after each upgrade.
        json.WriteString("version", Edition.Newest.Name);
        json.WriteString("informationUri", "https://davit.dev/docs/contracts");
        json.WriteStartArray("rules");
        foreach (var rule in report.Findings.Select(f => f.Rule).DistinctBy(r => r.Id, StringComparer.Ordinal).OrderBy(r => r.Id, StringComparer.Ordinal))
        {
            json.WriteStartObject();
            json.WriteString("id", rule.Id);
            Text(json, "shortDescription", rule.Purpose);
            json.WriteString("helpUri", rule.Docs.ToString());
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Result(Utf8JsonWriter json, Finding finding, string key, string file)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", finding.Rule.Id);
        json.WriteString("level", finding.Severity switch { Severity.Breaking => "error", Severity.Warning => "warning", _ => "note" });
        Text(json, "message", Words.Sentence(finding));
        json.WriteStartArray("locations");
        Location(json, file, (finding.New ?? finding.Old)?.Position);
        json.WriteEndArray();
        json.WriteStartObject("partialFingerprints");
        json.WriteString("davit/v1", key);
        json.WriteEndObject();
        if (finding.Waiver is { } waiver)
            Suppression(json, waiver);
        json.WriteEndObject();
    }

    private static void Suppression(Utf8JsonWriter json, Waiver waiver)
    {
        json.WriteStartArray("suppressions");
        json.WriteStartObject();
        json.WriteString("kind", waiver.Origin is WaiverOrigin.Document ? "inSource" : "external");
        json.WriteString("status", "accepted");
        json.WriteString("justification", $"waived {Words.Waived(waiver)}");
        json.WriteEndObject();
        json.WriteEndArray();
    }

    /// <param name="position">Null for what is about the whole file.</param>
    private static void Location(Utf8JsonWriter json, string file, Documents.Position? position)
    {
        json.WriteStartObject();
        json.WriteStartObject("physicalLocation");
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", file.Contains("://", StringComparison.Ordinal) ? file : Uri.EscapeDataString(file).Replace("%2F", "/", StringComparison.Ordinal));
        json.WriteEndObject();
        if (position is not null)
            Region(json, position);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Region(Utf8JsonWriter json, Documents.Position position)
    {
        json.WriteStartObject("region");
        json.WriteNumber("startLine", position.Line);
        json.WriteNumber("startColumn", position.Column);
        json.WriteNumber("endLine", position.EndLine);
        json.WriteNumber("endColumn", position.EndColumn);
        json.WriteEndObject();
    }

    private static void Text(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartObject(name);
        json.WriteString("text", text);
        json.WriteEndObject();
    }
}
