using System.Collections.Concurrent;
using System.Collections.Immutable;
using Davit.ControlPlane.Leases;
using Davit.ControlPlane.Logs;
using Davit.Model;
using Davit.Planning.Rollouts;
using Davit.Planning.Wishes;
using Davit.Store;
using Davit.Store.Releasing;
using Davit.Store.Resources;

namespace Davit.ControlPlane.Reconciling;

/// <summary>Applies what <see cref="SteadyPlanner"/> decides: repairs, drains, undoes, empties.</summary>
internal sealed partial class SteadyKeeping(EffectGate gate, StepRunner steps, DriftWatch drift, LogStore logs, TimeProvider clock, ILogger<SteadyKeeping> log)
{
    private static readonly TimeSpan ProbePatience = TimeSpan.FromSeconds(2);

    // By instance name. Stopping takes as long as an instance's grace period, and nothing else has to wait for it.
    private readonly ConcurrentDictionary<string, Task> _retiring = new(StringComparer.Ordinal);

    /// <returns>Whether something still moves.</returns>
    public async Task<bool> SettleAsync(Holding held, EnvRow env, DeploymentRow? serving, Look look, CancellationToken ct)
    {
        var wish = serving?.Wish is { } stored ? WishJson.Read(stored).WithScale(env.Scale).WithoutUsersOf(env.HeldVolumes) : new Wish(default, env.AppName, env.Name);
        var number = await gate.Database.ReadAsync(db => DeploymentTable.NewestNumberAsync(db, env.Id, ct), ct);
        var scope = new StepScope(env, env.Stopped ? wish.Stopped() : wish, serving?.Id ?? default, held, Cause(env)) { At = look.Have.At, Number = number };
        look = WithRetiringAsOld(await drift.LookAtContentAsync(scope.Wish, look, ct));
        var differences = await drift.NoticeAsync(held, scope, WithoutReplaced(WithoutRetiring(look), env), ct);
        var plan = SteadyPlanner.Decide(scope.Wish, look.Ordinals, env.OnlyReportsDrift ? look.Have : DriftWatch.Disown(look), look.Have.At, look.Warm?.WithoutUsersOf(env.HeldVolumes));
        var now = env.OnlyReportsDrift ? Drift.WithoutRepairs(plan.Steps, differences) : plan.Steps;
        if (now.Count > 0)
            await ApplyAsync(now, scope, ct);
        return now.Count > 0 || plan is Plan.Wait;
    }

    /// <summary>The instances that are being taken away now.</summary>
    public ImmutableHashSet<string> Retiring => [.. _retiring.Keys];

    /// <summary>
    /// What is being taken away is nothing that is wished any more, whatever it was made as: a return to its release must neither
    /// route to it nor judge that release by its end. It still counts as something that runs.
    /// </summary>
    public Look WithRetiringAsOld(Look look) => _retiring.IsEmpty && look.Retiring.IsEmpty ? look : look with
    {
        Have = look.Have with
        {
            Instances = [.. look.Have.Instances.Select(i => IsRetiring(look, i.Name) ? i with { SpecHash = "" } : i)],
            Leaving = [.. look.Have.Instances.Select(i => i.Name).Where(n => IsRetiring(look, n))],
        },
    };

    /// <summary>What we are taking away ends and vanishes because we do, so it is no drift.</summary>
    private Look WithoutRetiring(Look look) => _retiring.IsEmpty && look.Retiring.IsEmpty ? look : look with
    {
        Have = look.Have with { Instances = [.. look.Have.Instances.Where(i => !IsRetiring(look, i.Name))] },
        Made = look.Made with { Instances = look.Made.Instances.RemoveRange(look.Made.Instances.Where(m => IsRetiring(look, m.Value.Name)).Select(m => m.Key)) },
    };

    /// <summary>A retirement may begin or end while one looks.</summary>
    private bool IsRetiring(Look look, string instance) => look.Retiring.Contains(instance) || _retiring.ContainsKey(instance);

    /// <summary>A volume whose data is replaced is away for a moment.</summary>
    private static Look WithoutReplaced(Look look, EnvRow env) => env.HeldVolumes.Length is 0 ? look : look with
    {
        Made = look.Made with { Objects = look.Made.Objects.Except(env.HeldVolumes.Select(v => ("volume", v))) },
    };

    /// <returns>Whether nothing is left, neither in the world nor in the store.</returns>
    public async Task<bool> EmptyAsync(Holding held, EnvRow env, Look look, CancellationToken ct)
    {
        if (await SettleAsync(held, env with { Stopped = false }, null, look, ct) || look.Have.Instances.Count > 0 || look.Have.Networks.Count > 0)
            return false;

        var scope = new StepScope(env, new Wish(default, env.AppName, env.Name), default, held, Cause(env));
        foreach (var volume in look.Have.Volumes)
            await steps.RemoveVolumeAsync(scope, volume, ct);

        logs.Forget(env.Id);
        drift.Forget(env.Id);
        await gate.WriteAsync(held, Cause(env), "env.deleted", w => EnvTable.EraseAsync(w, env, ct), ct);
        return true;
    }

    /// <summary>Steps of one decision do not depend on each other, so they are taken together.</summary>
    public Task ApplyAsync(IReadOnlyList<Step> now, StepScope scope, CancellationToken ct) => Task.WhenAll(now.Select(s => ApplyAsync(s, scope, ct)));

    private async Task ApplyAsync(Step step, StepScope scope, CancellationToken ct)
    {
        if (step is Step.Retire retire && _retiring.ContainsKey(retire.Instance))
            return;
        LogStep(scope.Env.AppName, scope.Env.Name, scope.Cause.RequestId, step);
        await (step switch
        {
            Step.EnsureNetwork s => steps.EnsureNetworkAsync(scope, s.Name, ct),
            Step.EnsureVolume s => steps.EnsureVolumeAsync(scope, s.Name, ct),
            Step.Start s => steps.StartAsync(scope, s, Id.New<InstanceId>(clock), ct),
            Step.Revive s => steps.ReviveAsync(scope, s, ct),
            Step.Stop s => steps.StopAsync(scope, s.Instance, ct),
            Step.Retire s => BeginRetireAsync(scope, s.Instance, ct),
            Step.RemoveNetwork s => steps.RemoveNetworkAsync(scope, s.Name, ct),
            Step.RestoreTree s => steps.RestoreTreeAsync(scope, s.Digest, ct),
            Step.RemoveVolume s => steps.RemoveVolumeAsync(scope, s.Name, ct),
            Step.Switch s => steps.SwitchAsync(scope, s.To, ProbePatience, ct),
            Step.RunCommand => throw new InvalidOperationException("commands belong to deployments"),
        });
    }

    /// <summary>Returns when nothing that was begun beside the loop goes on any more.</summary>
    public Task IdleAsync() => Task.WhenAll(_retiring.Values);

    /// <summary>Begins to retire an instance. What fails is seen again at the next look and tried again.</summary>
    private Task BeginRetireAsync(StepScope scope, string instance, CancellationToken ct)
    {
        _retiring[instance] = RetireAsync();
        return Task.CompletedTask;

        async Task RetireAsync()
        {
            await Task.Yield();
            try
            {
                await steps.RetireAsync(scope, instance, ct);
            }
            catch (ProblemException e)
            {
                LogNotRetired(instance, e.Problem.Code, e.Problem.Detail);
            }
            catch (OperationCanceledException)
            {
                // The process stops or leads no more; whoever leads next finds the instance and goes on.
            }
            catch (Exception e)
            {
                LogBug(e, instance);
            }
            finally
            {
                _retiring.TryRemove(instance, out _);
            }
        }
    }

    private static Cause Cause(EnvRow env) => new(env.OrgId, "davitd", $"reconcile-{Id.Tail(env.Id)}", env.Id.ToString());

    [LoggerMessage(EventId = 2004, Level = LogLevel.Warning, Message = "{Instance} could not be retired now: {Code} {Detail}")]
    private partial void LogNotRetired(string instance, string code, string detail);

    [LoggerMessage(EventId = 2008, Level = LogLevel.Error, Message = "retiring {Instance} threw something nobody planned for")]
    private partial void LogBug(Exception e, string instance);

    [LoggerMessage(EventId = 2001, Level = LogLevel.Information, Message = "{App}/{Env} ({RequestId}): {Step}")]
    private partial void LogStep(string app, string env, string requestId, Step step);
}
