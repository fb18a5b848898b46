using Davit.Edge.Upgrading;

namespace Davit.Edge.Control;

/// <summary>What processes say to each other and what asks one to let another take over.</summary>
internal sealed class UpgradeEndpoints(Handover handover, Upgrade upgrade, Predecessors predecessors)
{
    /// <summary>Whether this process may still answer; a client whose connection ends turns to the one that took over.</summary>
    public bool IsOver => handover.IsDone;

    public CancellationToken Over => handover.Done;

    public Task<UpgradeOutcome> UpgradeAsync(UpgradeRequest request) => upgrade.RunAsync(request.Program);

    public Task<TableMark> ReportAsync(PredecessorReport report, CancellationToken ct) => predecessors.ReportAsync(report, ct);

    public Task HeardAsync(CancellationToken ct) => predecessors.HeardAsync(ct);

    public Task<IDisposable> WriteAsync(CancellationToken ct) => handover.WriteAsync(ct);
}
