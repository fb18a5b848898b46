using System.CommandLine;
using System.Globalization;
using Davit.Cli.Shell;
using Davit.Wire;

namespace Davit.Cli.Auditing;

/// <summary><c>davit audit retention show</c></summary>
internal sealed class AuditRetentionShow() : Verb("show", "Show how long events are kept and what was archived.", "davit audit retention show", "davit audit retention show --json")
{
    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        Show(asked.Terminal, await asked.Api.GetAsync($"{asked.OrgPath}/audit/retention", WireJson.Default.AuditRetentionView, ct));
        return ExitCode.Done;
    }

    private static void Show(Terminal terminal, AuditRetentionView view)
    {
        if (terminal.IsJson)
        {
            terminal.Document(view, WireJson.Default.AuditRetentionView);
            return;
        }

        terminal.Answer($"events stay in the log for {view.KeepDays} days, then in archives until they are {view.ArchiveDays} days old");
        if (view.Archives.Count > 0)
            terminal.Table(["THROUGH", "REMOVED", "ARCHIVE"], view.Archives.Select(a => new[] { a.Through.ToString(CultureInfo.InvariantCulture), a.RemovedAt.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), a.Archive }));
    }
}

/// <summary><c>davit audit retention set</c></summary>
internal sealed class AuditRetentionSet : Verb
{
    private readonly Option<int> _keep = new("--keep-days") { Description = "How long events stay in the log.", Required = true };
    private readonly Option<int> _archive = new("--archive-days") { Description = "How old archived events become before they are deleted.", Required = true };

    public AuditRetentionSet() : base("set", "Set how long events are kept; older ones are archived and signed before they leave the log.", "davit audit retention set --keep-days 400 --archive-days 2557", "davit audit retention set --keep-days 90 --archive-days 365 --org acme")
    {
        Add(_keep);
        Add(_archive);
    }

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var now = await asked.Api.GetAsync($"{asked.OrgPath}/audit/retention", WireJson.Default.AuditRetentionView, ct);
        var set = await asked.Api.PutAsync($"{asked.OrgPath}/audit/retention", new AuditRetentionRequest(asked.Get(_keep), asked.Get(_archive), now.Version),
            (WireJson.Default.AuditRetentionRequest, WireJson.Default.ReceiptedAuditRetentionView), ct);
        if (asked.Terminal.IsJson)
            asked.Terminal.Document(set, WireJson.Default.ReceiptedAuditRetentionView);
        asked.Terminal.Answer($"events stay in the log for {set.Value.KeepDays} days and in archives until they are {set.Value.ArchiveDays} days old");
        return ExitCode.Done;
    }
}

/// <summary><c>davit audit checkpoints</c></summary>
internal sealed class AuditCheckpoints : Verb
{
    private readonly Option<int> _limit = new("--limit") { Description = "How many at most, the newest first.", DefaultValueFactory = _ => 20 };

    public AuditCheckpoints() : base("checkpoints", "List what the server has signed about the log; keep one elsewhere to notice when newer events are cut off.", "davit audit checkpoints --limit 1", "davit audit checkpoints --json") => Add(_limit);

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var page = await asked.Api.GetAsync($"{asked.OrgPath}/audit/checkpoints?limit={asked.Get(_limit).ToString(CultureInfo.InvariantCulture)}", WireJson.Default.PageCheckpointView, ct);
        if (asked.Terminal.IsJson)
            asked.Terminal.Document(page, WireJson.Default.PageCheckpointView);
        else
            asked.Terminal.Table(["SEQ", "AT", "HASH"], page.Items.Select(c => new[] { c.Seq.ToString(CultureInfo.InvariantCulture), c.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), c.Hash }));
        return ExitCode.Done;
    }
}
