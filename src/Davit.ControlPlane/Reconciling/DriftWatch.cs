using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Davit.ControlPlane.Content;
using Davit.ControlPlane.Leases;
using Davit.Model;
using Davit.Planning.Instances;
using Davit.Planning.Rollouts;
using Davit.Planning.Wishes;
using Davit.Store.Ledger;

namespace Davit.ControlPlane.Reconciling;

/// <summary>Notices what others did to what is ours, keeps the ledger true, and makes an event of each difference when it comes and when it goes.</summary>
internal sealed class DriftWatch(EffectGate gate, StepRunner steps, TreeWatch trees)
{
    private readonly ConcurrentDictionary<EnvId, EquatableList<Difference>> _known = new();

    /// <summary>The environment is gone.</summary>
    public void Forget(EnvId env) => _known.TryRemove(env, out _);

    /// <summary>The look with what is wrong with the files that the wish uses.</summary>
    public async Task<Look> LookAtContentAsync(Wish wish, Look look, CancellationToken ct) =>
        look with { Have = look.Have with { Damaged = await trees.DamagedAsync(wish, ct) } };

    /// <returns>The differences there are now.</returns>
    public async Task<EquatableList<Difference>> NoticeAsync(Holding held, StepScope scope, Look look, CancellationToken ct)
    {
        await RememberAsync(held, scope, look, ct);
        await ForgetObjectsAsync(held, scope, look, ct);
        var made = look.Made with { Slice = steps.ToldSlice(scope.Env.Id), Instances = look.Made.Instances.RemoveRange(await ForgetAsync(held, scope, look, ct)) };
        var now = Drift.Of(scope.Wish, made, look.Have);
        var before = _known.GetValueOrDefault(scope.Env.Id);
        var (came, went) = (now.Except(before).ToList(), before.Except(now).ToList());
        if (came.Count + went.Count > 0)
            await RecordAsync(held, scope, came, went, ct);
        _known[scope.Env.Id] = now;
        return now;
    }

    /// <summary>The look for the planner: what is not as we made it is nothing it can keep.</summary>
    public static Sight Disown(Look look) => look.Have with
    {
        Instances = [.. look.Have.Instances.Select(i => i.Tampering is "" && look.Made.Instances.ContainsKey(i.Id) ? i : i with { SpecHash = "" })],
    };

    /// <summary>How an instance looked when it first ran is what it is held against from then on.</summary>
    private async Task RememberAsync(Holding held, StepScope scope, Look look, CancellationToken ct)
    {
        var fresh = look.Have.Instances.Where(i => i.IsUp && i.Fingerprint is not "" && look.Unseen.Contains(i.Id)).ToDictionary(i => i.Id, i => i.Fingerprint);
        if (fresh.Count > 0)
            await gate.WriteAsync(held, scope.Cause, "instance.seen", w => InstanceLedger.SetFingerprintsAsync(w, fresh, ct), ct);
    }

    /// <summary>
    /// What was assigned and never seen was never made, and what nothing wishes any more was to go: neither is drift. What is
    /// wished is told as missing first, and stays so where it is not repaired.
    /// </summary>
    /// <returns>Those that were forgotten.</returns>
    private async Task<IReadOnlyList<InstanceId>> ForgetAsync(Holding held, StepScope scope, Look look, CancellationToken ct)
    {
        var wished = look.Made.Missing(scope.Wish, look.Have).Select(m => m.Key).ToHashSet();
        var forgotten = new List<InstanceId>();
        foreach (var (id, made) in look.Made.Instances.Where(m => look.Have.Instances.All(i => i.Id != m.Key)))
        {
            var why = look.Unseen.Contains(id) ? "it was never made"
                : !wished.Contains(id) ? "nothing wants it any more"
                : !scope.Env.OnlyReportsDrift && _known.GetValueOrDefault(scope.Env.Id).Any(d => d.Name == made.Name && d.Found is "missing") ? "somebody else removed it"
                : "";
            if (why is "")
                continue;
            forgotten.Add(id);
            if (await gate.Database.ReadAsync(db => InstanceLedger.FindAsync(db, scope.Env.Id, id.ToString(), ct), ct) is { RemovedAt: null } row)
                await gate.WriteAsync(held, scope.Cause, "instance.removed", w => InstanceLedger.MarkRemovedAsync(w, row, why, ct), ct);
        }

        return forgotten;
    }

    /// <summary>What nothing wishes any more and is not there has been removed, by us before we could note it or by somebody else.</summary>
    private async Task ForgetObjectsAsync(Holding held, StepScope scope, Look look, CancellationToken ct)
    {
        var gone = look.Made.Objects.Where(o => o.Kind is "network"
            ? !look.Have.Networks.Contains(o.Name) && scope.Wish.Networks.All(n => n.Name != o.Name)
            : !look.Have.Volumes.Contains(o.Name) && scope.Wish.Volumes.All(v => v.Name != o.Name)).ToList();
        foreach (var (kind, name) in gone)
            await gate.WriteAsync(held, scope.Cause, $"{kind}.removed", w => ObjectLedger.MarkRemovedAsync(w, new OwnedObject(kind, name), ct), ct);
    }

    private Task RecordAsync(Holding held, StepScope scope, List<Difference> came, List<Difference> went, CancellationToken ct) =>
        gate.WriteAsync(held, scope.Cause, "drift", w =>
        {
            foreach (var difference in came)
                w.Record(new("drift.found", [scope.Env.Id.ToString()], Body(difference, difference.Left, difference.Found)));
            foreach (var difference in went)
                w.Record(new(scope.Env.OnlyReportsDrift ? "drift.gone" : "drift.repaired", [scope.Env.Id.ToString()], Body(difference, difference.Found, difference.Left)));
            return Task.CompletedTask;
        }, ct);

    private static JsonObject Body(Difference difference, string before, string after) => new()
    {
        ["kind"] = difference.Kind, ["name"] = difference.Name, ["before"] = before, ["after"] = after,
    };
}
