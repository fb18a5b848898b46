using System.Globalization;
using System.Text.Json;
using Davit.Contracts.Findings;
using Davit.Contracts.Policies;

namespace Davit.Contracts.Reports;

/// <summary>The report for programs; its schema is <c>docs/contracts/report.schema.json</c>.</summary>
public static class JsonReport
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the report as one JSON document, UTF-8.</summary>
    public static void Write(Stream to, ReportSet report)
    {
        using var json = new Utf8JsonWriter(to, Options);
        json.WriteStartObject();
        if (!report.IsOfMany)
        {
            Members(json, report.Contracts[0]);
        }
        else
        {
            if (report.Against is not "")
                json.WriteString("against", report.Against);
            Summary(json, report);
            json.WriteStartArray("contracts");
            foreach (var contract in report.Contracts)
            {
                json.WriteStartObject();
                Members(json, contract);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    /// <summary>One finding, as it stands in a report.</summary>
    public static string Text(Finding finding)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options))
            Write(json, finding);
        return System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length) + "\n";
    }

    private static void Members(Utf8JsonWriter json, ContractReport report)
    {
        json.WriteString("format", report.Comparison.Format);
        json.WriteString("old", report.Old);
        json.WriteString("new", report.New);
        json.WriteString("profile", report.Profile);
        Summary(json, ReportSet.Of(report));
        Version(json, report.Comparison.Advice);
        json.WriteStartArray("findings");
        foreach (var finding in report.Comparison.Findings)
            Write(json, finding);
        json.WriteEndArray();
    }

    private static void Summary(Utf8JsonWriter json, ReportSet report)
    {
        json.WriteStartObject("summary");
        foreach (var severity in (Severity[])[Severity.Breaking, Severity.Warning, Severity.Note])
            json.WriteNumber(Words.Of(severity), report.Count(severity));
        json.WriteNumber("waived", report.Waived);
        json.WriteEndObject();
    }

    private static void Version(Utf8JsonWriter json, VersionAdvice advice)
    {
        json.WriteStartObject("version");
        json.WriteString("old", advice.Old);
        json.WriteString("new", advice.New);
        json.WriteString("needed", Words.Of(advice.Needed));
        json.WriteString("taken", advice.Taken is { } taken ? Words.Of(taken) : null);
        json.WriteBoolean("satisfied", advice.IsSatisfied);
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
            json.WriteString(known.Checker, (finding.LevelOfAlias ?? known.Level) switch { Severity.Breaking => "error", Severity.Warning => "warning", _ => "info" });
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
        json.WriteString("proof", finding.Proof.ToString().ToLowerInvariant());
        Write(json, finding.Witness);
        Write(json, finding.Waiver);
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

    private static void Write(Utf8JsonWriter json, Waiver? waiver)
    {
        if (waiver is null)
        {
            json.WriteNull("waiver");
            return;
        }

        json.WriteStartObject("waiver");
        json.WriteString("owner", waiver.Owner);
        json.WriteString("reason", waiver.Reason);
        json.WriteString("until", waiver.Until.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        json.WriteString("origin", waiver.Origin.ToString().ToLowerInvariant());
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
