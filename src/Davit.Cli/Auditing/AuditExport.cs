using System.CommandLine;
using System.Globalization;
using Davit.Cli.Shell;
using Davit.Wire;

namespace Davit.Cli.Auditing;

/// <summary><c>davit audit export</c></summary>
internal sealed class AuditExport : Verb
{
    private readonly Option<string> _output = new("--output", "-o") { Description = "The file to write, a ZIP.", Required = true };
    private readonly Option<string> _format = new("--format") { Description = "jsonl or csv.", DefaultValueFactory = _ => "jsonl" };
    private readonly Option<long?> _after = new("--after") { Description = "Only events with a larger number." };
    private readonly Option<string?> _since = new("--since") { Description = "Only from this instant on." };
    private readonly Option<string?> _until = new("--until") { Description = "Only before this instant." };

    public AuditExport() : base("export", "Take the log away as a signed file that anybody with the key can check.", "davit audit export --output audit.zip", "davit audit export --output january.zip --format csv --since 2026-01-01 --until 2026-02-01")
    {
        Add(_output);
        Add(_format);
        Add(_after);
        Add(_since);
        Add(_until);
        _format.AcceptOnlyFromAmong("jsonl", "csv");
    }

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var query = $"format={asked.Get(_format)}"
            + (asked.Get(_after) is { } after ? string.Create(CultureInfo.InvariantCulture, $"&after={after}") : "")
            + (asked.Get(_since) is { } since ? $"&since={Invocation.Part(since)}" : "")
            + (asked.Get(_until) is { } until ? $"&until={Invocation.Part(until)}" : "");
        var output = Path.GetFullPath(asked.Get(_output)!);
        var beside = $"{output}.{Environment.ProcessId}";
        try
        {
            await using (var file = new FileStream(beside, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite }))
                await asked.Api.DownloadAsync($"{asked.OrgPath}/audit/export?{query}", file, ct);
            File.Move(beside, output, overwrite: true);
        }
        finally
        {
            File.Delete(beside);
        }

        asked.Terminal.Say($"{output}: check it with: davit audit verify --file {output} --key davit.pem");
        if (asked.Terminal.IsJson)
            asked.Terminal.Document(new System.Text.Json.Nodes.JsonObject { ["file"] = output }, WireJson.Default.JsonObject);
        return ExitCode.Done;
    }
}
