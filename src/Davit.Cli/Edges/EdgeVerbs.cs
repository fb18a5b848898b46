using System.Globalization;
using Davit.Cli.Shell;
using Davit.Wire;

namespace Davit.Cli.Edges;

/// <summary><c>davit edge status</c></summary>
internal sealed class EdgeState() : Verb("status", "Say which edge process serves, where it listens, and what processes from before an upgrade still finish.", "davit edge status", "davit edge status --json")
{
    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var edge = await asked.Api.GetAsync("v1/edge", WireJson.Default.EdgeView, ct);
        if (asked.Terminal.IsJson)
            asked.Terminal.Document(edge, WireJson.Default.EdgeView);
        else
            Print(asked.Terminal, edge);
        return ExitCode.Done;
    }

    private static void Print(Terminal terminal, EdgeView edge)
    {
        terminal.Answer($"davit-edge {edge.Version}, process {edge.Process}");
        terminal.Answer(string.Create(CultureInfo.InvariantCulture, $"table {edge.TableVersion}, {edge.Environments} environment(s), {edge.Connections} connection(s)"));
        foreach (var listener in edge.Listeners)
            terminal.Answer($"{listener.Kind,-8} {listener.Address}{(listener.Problem is "" ? "" : "  " + terminal.Bad(listener.Problem))}");
        foreach (var old in edge.Finishing)
            terminal.Answer($"process {old.Process} finishes {old.Connections} connection(s) from before an upgrade");
        foreach (var note in edge.Notes)
            terminal.Answer($"{(terminal.IsStable ? "" : $"{note.At.UtcDateTime:yyyy-MM-dd HH:mm:ss}  ")}{note.Kind}  {note.Text}");
    }
}

/// <summary><c>davit edge upgrade</c></summary>
internal sealed class EdgeUpgrade() : Verb("upgrade", "Let the edge program that is installed now take over from the running one; no connection is closed for it.", "davit edge upgrade", "davit edge upgrade --json")
{
    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var done = await asked.Api.PostAsync("v1/edge/upgrade", WireJson.Default.ReceiptedEdgeUpgradeView, ct);
        if (asked.Terminal.IsJson)
            asked.Terminal.Document(done, WireJson.Default.ReceiptedEdgeUpgradeView);
        else
            asked.Terminal.Say($"{done.Value.From} handed over to {done.Value.To} (process {done.Value.Process}); {done.Value.Connections} connection(s) finish in the old process");
        return ExitCode.Done;
    }
}
