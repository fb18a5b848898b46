using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Davit.ControlPlane.Deployments;
using Davit.ControlPlane.Leases;
using Davit.Edge.Control;
using Davit.Model;
using Davit.Planning.Canaries;
using Davit.Planning.Rollouts;
using Davit.Planning.Wishes;
using Davit.Store;
using Davit.Store.Releasing;
using Davit.Store.Resources;

namespace Davit.ControlPlane.Reconciling;

/// <summary>Takes the steps that the planners decide and writes down what came of them. All the choosing is in the planners.</summary>
internal sealed partial class RolloutDriver(
    Database database, StepRunner steps, CommandRunner commands, DeploymentJournal journal, Diagnosis diagnosis, SteadyKeeping keeping)
{
    private static readonly TimeSpan Beside = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<DeploymentId, SwitchOutcome.Refused> _refusals = new();

    /// <summary>One turn of a deployment whose wish is known.</summary>
    /// <returns>Null when the deployment has ended.</returns>
    public async Task<Pace?> AdvanceAsync(Holding held, DeploymentRow row, EnvRow env, Look look, CancellationToken ct)
    {
        look = keeping.WithRetiringAsOld(look);
        var wish = WishJson.Read(row.Wish!).WithScale(env.Scale);
        var scope = new StepScope(env, wish, row.Id, held, DeploymentJournal.CauseOf(row)) { At = look.Have.At, Number = row.Number };
        var facts = DeploymentJournal.FactsOf(row);
        if (row.CancelBy is not null)
        {
            await journal.CancelAsync(held, row, ct);
            return null;
        }

        var serving = env.ServingId is { } id ? await database.ReadAsync(db => DeploymentTable.GetAsync(db, id, ct), ct) : null;

        // While nobody led nobody asked the edge: the new release has its whole time from now on.
        var counted = facts.ReadyAt < held.Since ? facts with { ReadyAt = held.Since } : facts;
        var rollout = new Rollout(wish, serving?.Wish is { } old ? WishJson.Read(old).WithScale(env.Scale) : null, counted, look.Ordinals);
        var canary = CanaryPlanner.Of(rollout);
        if (canary is not null && look.Counted is { } counts && facts.Canary is { } fact)
        {
            (row, facts) = await JudgeAsync(canary, row, scope, facts, CanaryJudge.Look(canary, fact, counts, scope.At), ct);
            rollout = rollout with { Facts = rollout.Facts with { Canary = facts.Canary } };
        }

        // A canary waits for as long as its steps and its people take.
        var late = facts.Canary is not null && canary is not null ? null : PhaseLog.Overdue(row.Phases, look.Have.At);
        var plan = late is null
            ? RolloutPlanner.Decide(rollout, look.Have, look.Have.At)
            : new Plan.GiveUp(new Failure.PhaseTooSlow(late.Phase, late.Deadline!.Value - late.StartedAt!.Value));
        return plan switch
        {
            Plan.Act act => await ActAsync(act, row, scope, facts, ct),
            Plan.Wait { Phase: Phase.Verifying } wait when canary is not null => await WaitForClientsAsync(wait, row, scope, facts, ct),
            Plan.Wait wait => await WaitAsync(wait, row, scope, ct),
            Plan.GiveUp giveUp => await GiveUpAsync(giveUp, row, scope, look.Have, ct),
            Plan.Settled => await SettledAsync(row, scope, facts, look.Have, ct),
        };
    }

    /// <summary>Keeps the environment as its serving deployment wishes, or empty when there is none.</summary>
    public Task<bool> SettleAsync(Holding held, EnvRow env, DeploymentRow? serving, Look look, CancellationToken ct) => keeping.SettleAsync(held, env, serving, look, ct);

    public Task<bool> EmptyAsync(Holding held, EnvRow env, Look look, CancellationToken ct) => keeping.EmptyAsync(held, env, look, ct);

    public Task IdleAsync() => keeping.IdleAsync();

    public ImmutableHashSet<string> Retiring => keeping.Retiring;

    private async Task<Pace?> ActAsync(Plan.Act act, DeploymentRow row, StepScope scope, Facts facts, CancellationToken ct)
    {
        row = await journal.EnterAsync(scope.Held, row, act.Phase, act.Because, ct);
        try
        {
            if (act.Now is [Step.RunCommand run])
                return await RunCommandAsync(run, row, scope, facts, ct);
            if (act.Now is [Step.Switch to])
                return await SwitchAsync(to, row, scope, facts, ct);

            await keeping.ApplyAsync(act.Now, scope, ct);
            return Pace.AtOnce;
        }
        catch (ProblemException e) when (!e.Problem.Of.IsRetryable)
        {
            await journal.FailAsync(scope.Held, row, e.Problem, ct);
            return null;
        }
    }

    private async Task<Pace?> WaitAsync(Plan.Wait wait, DeploymentRow row, StepScope scope, CancellationToken ct)
    {
        await journal.EnterAsync(scope.Held, row, wait.Phase, wait.For, ct);
        return Pace.Soon;
    }

    /// <summary>Whoever switched may have ended before it was written down.</summary>
    private async Task<Pace?> WaitForClientsAsync(Plan.Wait wait, DeploymentRow row, StepScope scope, Facts facts, CancellationToken ct)
    {
        row = await journal.EnterAsync(scope.Held, row, wait.Phase, wait.For, ct);
        if (facts.Canary?.Since is null)
            await journal.KnowAsync(scope.Held, row, Switched(facts, isShare: true, scope.At), "deployment.switched", ct);
        return Pace.Later;
    }

    /// <summary>Written down before anything is decided on it: whoever leads next decides the same.</summary>
    private async Task<(DeploymentRow, Facts)> JudgeAsync(TakeoverWish.Canary canary, DeploymentRow row, StepScope scope, Facts facts, CanaryFact next, CancellationToken ct)
    {
        var last = facts.Canary!;
        if (next == last)
            return (row, facts);

        facts = facts with { Canary = next };
        if ((next.State, next.Step) == (last.State, last.Step))
            return (await journal.CountAsync(scope.Held, row, facts, ct), facts);

        await journal.LineAsync(row, Phase.Verifying, $"canary {CanaryPlanner.Text(canary, next)}; new: {next.Total.New}; old: {next.Total.Old}", ct);
        return (await journal.KnowAsync(scope.Held, CanaryViews.Show(row, canary, next, scope.At), facts, CanaryViews.EventOf(next), ct), facts);
    }

    /// <summary>Written down before it begins: after a crash nobody runs it a second time.</summary>
    private async Task<Pace?> RunCommandAsync(Step.RunCommand step, DeploymentRow row, StepScope scope, Facts facts, CancellationToken ct)
    {
        var command = scope.Wish.Commands.First(c => c.Name == step.Command);
        var begun = new CommandFact(RunId.From(Guid.CreateVersion7(scope.At)).ToString(), scope.At);
        row = await journal.KnowAsync(scope.Held, row, facts.With(command.Name, begun), "release-command.started", ct);
        var ended = await commands.RunAsync(scope, command, begun, ct);
        await journal.KnowAsync(scope.Held, row, facts.With(command.Name, ended), "release-command.ended", ct);
        return Pace.AtOnce;
    }

    private async Task<Pace?> SwitchAsync(Step.Switch step, DeploymentRow row, StepScope scope, Facts facts, CancellationToken ct)
    {
        if (facts.ReadyAt is null)
        {
            facts = facts with { ReadyAt = scope.At };
            row = await journal.KnowAsync(scope.Held, row, facts, "deployment.ready", ct);
        }

        switch (await steps.SwitchAsync(scope, step.To, Patience(step.To), ct))
        {
            case SwitchOutcome.Switched switched:
                _refusals.TryRemove(row.Id, out _);
                await journal.KnowAsync(scope.Held, row, Switched(facts, step.To.Percent is not null, switched.At), "deployment.switched", ct);
                return Pace.AtOnce;
            case SwitchOutcome.Refused refused:
                _refusals[row.Id] = refused;
                return Pace.Soon;
            default:
                throw new InvalidOperationException("a switch is made or refused");
        }
    }

    /// <summary>After a canary's switch the next one has its own time to succeed.</summary>
    private static Facts Switched(Facts facts, bool isShare, DateTimeOffset at) => isShare
        ? facts with { SwitchedAt = facts.SwitchedAt ?? at, ReadyAt = null, Canary = (facts.Canary ?? CanaryFact.Begin).Served(at) }
        : facts with { SwitchedAt = facts.SwitchedAt ?? at, TookOverAt = facts.Canary is null ? null : at };

    /// <summary>Longer than any single probe may take, or a slow answer would be cut off every time; short enough to notice a crash.</summary>
    private static TimeSpan Patience(Slice slice) => slice.Services.Select(s => s.Probe.Timeout).DefaultIfEmpty().Max() + Beside;

    private async Task<Pace?> GiveUpAsync(Plan.GiveUp giveUp, DeploymentRow row, StepScope scope, Sight have, CancellationToken ct)
    {
        _refusals.TryRemove(row.Id, out var refused);
        var problem = await diagnosis.ExplainAsync(giveUp.Why, new Evidence(scope.Env, scope.Wish, row.Id, have, refused), ct);
        await journal.FailAsync(scope.Held, row, problem, ct);
        return null;
    }

    private async Task<Pace?> SettledAsync(DeploymentRow row, StepScope scope, Facts facts, Sight have, CancellationToken ct)
    {
        var wish = WishJson.Read(row.Wish!);
        await journal.LiveAsync(scope.Held, row, scope.Env, new JsonObject
        {
            ["switchedAt"] = facts.SwitchedAt?.UtcDateTime,
            ["instances"] = new JsonArray([.. have.Instances.Where(i => wish.Find(i.Service)?.SpecHash == i.SpecHash).Select(i => JsonValue.Create(i.Name))]),
            ["images"] = new JsonObject(wish.Services.Where(s => s.Static is null).Select(s => KeyValuePair.Create(s.Name, (JsonNode?)JsonValue.Create(s.Template.Image)))),
        }, ct);
        return null;
    }
}
