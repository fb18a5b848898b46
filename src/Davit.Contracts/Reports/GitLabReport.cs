using System.Text.Json;
using Davit.Contracts.Findings;

namespace Davit.Contracts.Reports;

/// <summary>The code quality report of GitLab, which shows findings beside the lines of a merge request.</summary>
public static class GitLabReport
{
    /// <summary>Writes the report as one JSON document, UTF-8.</summary>
    public static void Write(Stream to, ReportSet report)
    {
        using var json = new Utf8JsonWriter(to, new JsonWriterOptions { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartArray();
        foreach (var (finding, key) in report.Keyed().Where(k => k.Finding.Waiver is null))
        {
            json.WriteStartObject();
            json.WriteString("description", Words.Sentence(finding));
            json.WriteString("check_name", finding.Rule.Id);
            json.WriteString("fingerprint", key);
            json.WriteString("severity", finding.Severity switch { Severity.Breaking => "critical", Severity.Warning => "minor", _ => "info" });
            Location(json, (finding.New ?? finding.Old)?.Position);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Location(Utf8JsonWriter json, Documents.Position? position)
    {
        json.WriteStartObject("location");
        json.WriteString("path", position?.File ?? "");
        json.WriteStartObject("lines");
        json.WriteNumber("begin", position?.Line ?? 1);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
