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
        foreach (var (finding, key, file) in report.Keyed().Where(k => k.Finding.Waiver is null))
        {
            json.WriteStartObject();
            json.WriteString("description", Words.Sentence(finding));
            json.WriteString("check_name", finding.Rule.Id);
            json.WriteString("fingerprint", key);
            json.WriteString("severity", finding.Severity switch { Severity.Breaking => "critical", Severity.Warning => "minor", _ => "info" });
            Location(json, file, (finding.New ?? finding.Old)?.Position.Line ?? 1);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Location(Utf8JsonWriter json, string file, int line)
    {
        json.WriteStartObject("location");
        json.WriteString("path", file);
        json.WriteStartObject("lines");
        json.WriteNumber("begin", line);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
