using Davit.Model;

namespace Davit.Planning.Garbage;

/// <summary>
/// Which instances and networks go: those with our label that the ledger does not know. What it does know belongs to an
/// environment, whose own loop looks after it. A volume is data and never goes by itself.
/// </summary>
internal sealed class RuntimeSweep(GarbageFacts facts)
{
    /// <summary>The ledger row comes before the object, but the look at the two is not one look.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(10);

    private readonly Dictionary<EnvId, EnvironmentFact> _environments = facts.Environments.ToDictionary(e => e.Id);
    private readonly HashSet<DeploymentId> _unfinished = [.. facts.Deployments.Where(d => d.FinishedAt is null).Select(d => d.Id)];

    public void Judge(SeenInstance seen, Sorting into)
    {
        if (facts.Owned.Instances.Contains(seen.Name))
            return;
        if (seen.Owner.Deployment is { } deployment && _unfinished.Contains(deployment))
            into.Keep(ThingKind.Instance, seen.Name, "a deployment on its way uses it", 0, OrgOf(seen.Owner.Env));
        else if (seen is { Owner.Run: not null, IsRunning: true })
            into.Keep(ThingKind.Instance, seen.Name, "it runs a one-off command", 0, OrgOf(seen.Owner.Env));
        else if (facts.Now - (seen.EndedAt ?? seen.CreatedAt) > Grace)
            into.Go(new Going(ThingKind.Instance, seen.Name, seen.Owner.Run is null ? "nothing in the ledger knows it" : "its one-off command has ended", 0) { Org = OrgOf(seen.Owner.Env) });
        else
            into.Keep(ThingKind.Instance, seen.Name, "nothing in the ledger knows it, but it is new", 0, OrgOf(seen.Owner.Env));
    }

    public void JudgeNetwork(SeenObject seen, Sorting into)
    {
        if (facts.Owned.Networks.Contains(seen.Name))
            return;
        if (seen.CreatedAt is { } at && facts.Now - at > Grace)
            into.Go(new Going(ThingKind.Network, seen.Name, "nothing in the ledger knows it", 0) { Org = OrgOf(seen.Owner.Env) });
        else
            into.Keep(ThingKind.Network, seen.Name, "nothing in the ledger knows it, but it is new", 0, OrgOf(seen.Owner.Env));
    }

    public void JudgeVolume(SeenObject seen, Sorting into)
    {
        if (!facts.Owned.Volumes.Contains(seen.Name))
            into.Keep(ThingKind.Volume, seen.Name, "nothing in the ledger knows it, but data goes only when it is asked for by name", 0, OrgOf(seen.Owner.Env));
    }

    private OrgId? OrgOf(EnvId env) => _environments.GetValueOrDefault(env)?.Org;
}
