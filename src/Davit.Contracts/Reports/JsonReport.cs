using System.Text.Json;
using Davit.Contracts.Findings;

namespace Davit.Contracts.Reports;

/// <summary>The report for programs; its schema is <c>docs/contracts/report.schema.json</c>.</summary>
public static class JsonReport
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the report as one JSON document, UTF-8.</summary>
    public static void Write(Stream to, ContractReport report)
    {
        using var json = new Utf8JsonWriter(to, Options);
        json.WriteStartObject();
        json.WriteString("format", report.Comparison.Format);
        json.WriteString("old", report.Old);
        json.WriteString("new", report.New);
        json.WriteString("profile", report.Profile);
        json.WriteStartObject("summary");
        foreach (var severity in (Severity[])[Severity.Breaking, Severity.Warning, Severity.Note])
            json.WriteNumber(Words.Of(severity), report.Count(severity));
        json.WriteEndObject();
        json.WriteStartArray("findings");
        foreach (var finding in report.Comparison.Findings)
            Write(json, finding);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Finding finding)
    {
        json.WriteStartObject();
        json.WriteString("rule", finding.Rule.Id);
        json.WriteStartObject("aliases");
        if (finding.Rule.Alias is { } alias)
            json.WriteStartArrayOf(alias.Checker, alias.Id);
        json.WriteEndObject();
        json.WriteString("severity", Words.Of(finding.Severity));
        json.WriteStartObject("level");
        if (finding.Rule.Alias is { } known)
            json.WriteString(known.Checker, known.Level switch { Severity.Breaking => "error", Severity.Warning => "warning", _ => "info" });
        json.WriteEndObject();
        json.WriteString("side", Words.Of(finding.Rule.Side));
        json.WriteString("operation", finding.Operation);
        json.WriteString("path", finding.Path);
        json.WriteString("element", finding.Element);
        json.WriteString("pointer", (finding.New ?? finding.Old)?.JsonPointer ?? "");
        Write(json, "old", finding.Old);
        Write(json, "new", finding.New);
        json.WriteString("text", finding.Text);
        json.WriteString("why", finding.Rule.Why());
        json.WriteString("fix", finding.Rule.Fix());
        Write(json, finding.Witness);
        json.WriteString("fingerprint", finding.Fingerprint);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Witness? witness)
    {
        if (witness is null)
        {
            json.WriteNull("witness");
            return;
        }

        json.WriteStartObject("witness");
        json.WritePropertyName("value");
        json.WriteRawValue(witness.Value);
        json.WriteString("acceptedBy", witness.AcceptedBy);
        json.WriteString("refusedBy", witness.RefusedBy);
        json.WriteString("proof", witness.IsBySearch ? "search" : "set");
        json.WriteEndObject();
    }

    private static void WriteStartArrayOf(this Utf8JsonWriter json, string name, string value)
    {
        json.WriteStartArray(name);
        json.WriteStringValue(value);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, string name, Evidence? evidence)
    {
        if (evidence is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        json.WriteString("file", evidence.Position.File);
        json.WriteNumber("line", evidence.Position.Line);
        json.WriteNumber("column", evidence.Position.Column);
        json.WriteNumber("endLine", evidence.Position.EndLine);
        json.WriteNumber("endColumn", evidence.Position.EndColumn);
        json.WriteString("pointer", evidence.JsonPointer);
        json.WriteString("excerpt", evidence.Excerpt);
        json.WriteEndObject();
    }
}
