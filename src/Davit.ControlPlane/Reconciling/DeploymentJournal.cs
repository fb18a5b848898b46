using System.Text.Json;
using System.Text.Json.Nodes;
using Davit.ControlPlane.Deployments;
using Davit.ControlPlane.Leases;
using Davit.ControlPlane.Logs;
using Davit.ControlPlane.Quotas;
using Davit.ControlPlane.Receipts;
using Davit.ControlPlane.Releasing;
using Davit.Model;
using Davit.Planning.Rollouts;
using Davit.Planning.Wishes;
using Davit.Store;
using Davit.Store.Releasing;
using Davit.Store.Resources;
using Davit.Wire;

namespace Davit.ControlPlane.Reconciling;

/// <summary>Writes down where a deployment stands: phases, facts, its end. Every write is one transaction with its event.</summary>
internal sealed class DeploymentJournal(EffectGate gate, LogStore logs, ReceiptWriter receipts, TimeProvider clock)
{
    public static Cause CauseOf(DeploymentRow row) => new(row.OrgId, row.Actor, row.RequestId, row.Id.ToString());

    public static Facts FactsOf(DeploymentRow row) => JsonSerializer.Deserialize<Facts>(row.Facts, DavitJson.Options) ?? Facts.None;

    /// <summary>Notes that a phase runs; nothing is written when that is known already.</summary>
    public async Task<DeploymentRow> EnterAsync(Holding held, DeploymentRow row, Phase phase, string detail, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var phases = PhaseLog.Enter(row.Phases.Count is 0 ? PhaseLog.Fresh : row.Phases, phase, detail, held.ToString(), now);
        if (row.State is DeploymentState.Running { Phase: var running } && running == phase && row.Phases.Any(p => p.Phase == phase && p.Holder == held.ToString() && p.StartedAt?.IsAhead(now) is false))
            return row with { Phases = phases };

        await LineAsync(row, phase, $"— {phase.ToString().ToLowerInvariant()}", ct);
        return await SaveAsync(held, row with { Phases = phases, State = new DeploymentState.Running(phase, now) }, "deployment.phase-started",
            new JsonObject { ["phase"] = phase.ToString().ToLowerInvariant(), ["holder"] = held.ToString() }, ct);
    }

    public static DeploymentRow Skip(DeploymentRow row, Phase phase, string why) =>
        row with { Phases = PhaseLog.Skip(row.Phases.Count is 0 ? PhaseLog.Fresh : row.Phases, phase, why) };

    public Task<DeploymentRow> KnowAsync(Holding held, DeploymentRow row, Facts facts, string type, CancellationToken ct) =>
        SaveAsync(held, row with { Facts = Write(facts) }, type, [], ct);

    /// <summary>Figures that grow all the time are no event of their own.</summary>
    public Task<DeploymentRow> CountAsync(Holding held, DeploymentRow row, Facts facts, CancellationToken ct) =>
        gate.WriteAsync(held, CauseOf(row), "canary.counted", w => DeploymentTable.SaveAsync(w, row with { Facts = Write(facts) }, ct), ct);

    public static string Write(Facts facts) => JsonSerializer.Serialize(facts, DavitJson.Options);

    public async Task<DeploymentRow> ReloadAsync(DeploymentRow row, CancellationToken ct) =>
        await gate.Database.ReadAsync(db => DeploymentTable.GetAsync(db, row.Id, ct), ct) ?? row;

    /// <summary>The release is made and the wish is known; the routes it needs are taken.</summary>
    /// <exception cref="ProblemException">DV2213 when another environment holds one of the routes, DV7301 when the org's quotas do not allow it.</exception>
    public Task<DeploymentRow> MadeAsync(Holding held, DeploymentRow row, Made made, CancellationToken ct) => gate.WriteAsync(held, CauseOf(row), "deployment.made", async w =>
    {
        var taken = await RouteClaims.TakeAsync(w, row.EnvId, row.Id, [.. made.Wish.Routes.Select(r => r.Claim)], ct);
        if (taken is { } other)
            throw new ProblemException(DeploymentProblems.RouteClaimed(other.Claim, other.Holder));

        await ServiceTable.EnsureAsync(w, row.EnvId, made.Wish.Services.Select(s => s.Name), ct);
        w.Wake(row.EnvId);
        w.Record(new("deployment.made", DeploymentTable.Subjects(row with { ReleaseId = made.Release.Id }), []));
        var saved = await DeploymentTable.SaveAsync(w, row with
        {
            ReleaseId = made.Release.Id, Wish = WishJson.Write(made.Wish), Facts = Write(FactsOf(row) with { IsUnchanged = made.IsUnchanged }),
        }, ct);
        await EnvShares.SettleAsync(w, row.EnvId, ct);
        return saved;
    }, ct);

    /// <summary>Users are served by it and it has settled. The one it takes the place of is marked in the same transaction.</summary>
    public Task LiveAsync(Holding held, DeploymentRow row, EnvRow env, JsonObject details, CancellationToken ct) => gate.WriteAsync(held, CauseOf(row), "deployment.live", async w =>
    {
        var now = w.At;
        var wish = WishJson.Read(row.Wish!);
        if (env.ServingId is { } serving && await DeploymentTable.GetAsync(w.Db, serving, ct) is { State: DeploymentState.Live } old)
            await DeploymentTable.SaveAsync(w, old with { State = new DeploymentState.Replaced(now, row.Id) }, ct);

        await EnvTable.SetServingAsync(w, row.EnvId, row.Id, ct);
        await RouteClaims.KeepOnlyAsync(w, row.EnvId, [.. wish.Routes.Select(r => r.Claim)], ct);
        await EndAsync(w, row with { State = new DeploymentState.Live(now), Phases = PhaseLog.End(row.Phases, PhaseStatus.Done, "", now), FinishedAt = now }, details, ct);
    }, ct);

    public async Task FailAsync(Holding held, DeploymentRow row, Problem problem, CancellationToken ct)
    {
        var why = (await logs.Redaction.OfAsync(row.OrgId, ct)).Apply(problem);
        await LineAsync(row, Phase.Queued, $"failed: {why.Code} {why.Detail}", ct);
        await gate.WriteAsync(held, CauseOf(row), "deployment.failed", w => EndAsync(w, row with
        {
            State = new DeploymentState.Failed(w.At, why, FactsOf(row).SwitchedAt is not null),
            Phases = PhaseLog.End(row.Phases.Count is 0 ? PhaseLog.Fresh : row.Phases, PhaseStatus.Failed, $"{why.Code} {why.Name}", w.At),
            FinishedAt = w.At,
        }, new JsonObject { ["problem"] = new JsonObject { ["code"] = why.Code, ["name"] = why.Name, ["detail"] = why.Detail } }, ct), ct);
    }

    public Task CancelAsync(Holding held, DeploymentRow row, CancellationToken ct) => gate.WriteAsync(held, CauseOf(row), "deployment.cancelled", w => EndAsync(w, row with
    {
        State = new DeploymentState.Cancelled(w.At, row.CancelBy ?? row.Actor, FactsOf(row).SwitchedAt is not null),
        Phases = PhaseLog.End(row.Phases.Count is 0 ? PhaseLog.Fresh : row.Phases, PhaseStatus.Cancelled, $"cancelled by {row.CancelBy}", w.At),
        FinishedAt = w.At,
    }, [], ct), ct);

    /// <summary>A newer deployment takes its place before it had the turn.</summary>
    public Task SupersedeAsync(Writing writing, DeploymentRow row, DeploymentId by, CancellationToken ct) => EndAsync(writing, row with
    {
        State = new DeploymentState.Superseded(writing.At, by),
        Phases = PhaseLog.End(row.Phases.Count is 0 ? PhaseLog.Fresh : row.Phases, PhaseStatus.Skipped, $"superseded by {by}", writing.At),
        FinishedAt = writing.At,
    }, [], ct);

    public async ValueTask LineAsync(DeploymentRow row, Phase phase, string text, CancellationToken ct)
    {
        await using var writer = logs.OfDeployment(row.EnvId, row.Id).Append();
        await writer.WriteAsync(logs.Own(phase.ToString().ToLowerInvariant(), text), ct);
    }

    private Task<DeploymentRow> SaveAsync(Holding held, DeploymentRow row, string type, JsonObject payload, CancellationToken ct) => gate.WriteAsync(held, CauseOf(row), type, w =>
    {
        w.Record(new(type, DeploymentTable.Subjects(row), payload));
        return DeploymentTable.SaveAsync(w, row, ct);
    }, ct);

    private async Task EndAsync(Writing writing, DeploymentRow row, JsonObject details, CancellationToken ct)
    {
        var status = row.State switch
        {
            DeploymentState.Live => FactsOf(row).IsUnchanged ? "unchanged" : "live",
            DeploymentState.Failed => "failed",
            DeploymentState.Cancelled => "cancelled",
            DeploymentState.Superseded => "superseded",
            _ => throw new InvalidOperationException($"{row.State} is no end"),
        };
        await DeploymentTable.SaveAsync(writing, row, ct);
        await EnvShares.SettleEndedAsync(writing, row.EnvId, ct);
        writing.Wake(row.EnvId);
        writing.Record(new($"deployment.{DeploymentView.StateOf(row.State)}", DeploymentTable.Subjects(row), details.DeepClone().AsObject()));

        details["planHash"] = row.PlanHash;
        details["phases"] = JsonSerializer.SerializeToNode(row.Phases, DavitJson.Options);
        details["release"] = row.ReleaseId?.ToString();
        if (CanaryViews.Of(row) is { } canary)
            details["canary"] = JsonSerializer.SerializeToNode(canary, DavitJson.Options);
        (string, string)[] next = row.State is DeploymentState.Live
            ? [("see what runs", "davit status"), ("go back", "davit rollback")]
            : [("see why", $"davit why {row.Id}"), ("read its log", $"davit logs --deployment {row.Id}")];
        await receipts.WriteAsync(writing, new ReceiptDraft("deployment", status, DeploymentTable.Subjects(row), next) { Details = details }, ct);
    }
}
