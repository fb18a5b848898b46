using Davit.Model;

namespace Davit.Planning.Garbage;

/// <summary>Which logs go: by age, then by size. What belongs to a failed deployment stays for a month, because somebody will ask why.</summary>
internal sealed class LogSweep(GarbageFacts facts)
{
    private static readonly TimeSpan OfDeployments = TimeSpan.FromDays(30);
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(10);

    private readonly Dictionary<DeploymentId, DeploymentFact> _deployments = facts.Deployments.ToDictionary(d => d.Id);
    private readonly HashSet<DeploymentId> _serving = [.. facts.Environments.Select(e => e.Serving).OfType<DeploymentId>()];

    public void Judge(IEnumerable<StoredFile> logs, Sorting into)
    {
        var environments = facts.Environments.ToDictionary(e => e.Id);
        foreach (var group in logs.GroupBy(l => l.Env))
        {
            if (environments.TryGetValue(group.Key, out var env))
                OfEnvironment(env, [.. group], into);
            else
                Orphans(group, into);
        }
    }

    private void Orphans(IEnumerable<StoredFile> logs, Sorting into)
    {
        foreach (var log in logs)
        {
            if (facts.Now - log.ChangedAt > Grace)
                into.Go(new Going(log.Kind, log.Name, "its environment is gone", log.Bytes) { Env = log.Env });
            else
                into.Keep(log.Kind, log.Name, "its environment is gone, but it is new", log.Bytes);
        }
    }

    private void OfEnvironment(EnvironmentFact env, IReadOnlyList<StoredFile> logs, Sorting into)
    {
        var room = env.Retention.LogBytes;
        foreach (var (log, why) in logs.Select(l => (l, WhyKept(l, env))).OrderByDescending(l => l.l.ChangedAt))
        {
            var going = new Going(log.Kind, log.Name, "", log.Bytes) { Org = env.Org, Env = env.Id };
            if (why is Verdict.Aged aged)
                into.Go(going with { Why = aged.Why });
            else if (why is Verdict.Needed needed)
                into.Keep(log.Kind, log.Name, needed.Why, log.Bytes, env.Org);
            else if ((room -= log.Bytes) < 0)
                into.Go(going with { Why = $"old logs of {env} may occupy {env.Retention.LogBytes >> 20} MiB" });
            else
                into.Keep(log.Kind, log.Name, "it is not old enough to go", log.Bytes, env.Org);
        }
    }

    private Verdict WhyKept(StoredFile log, EnvironmentFact env)
    {
        if (Id.TryParse<InstanceId>(log.Name, out var instance))
            return facts.Owned.Removed.TryGetValue(instance, out var gone)
                ? OfRemoved(gone, env)
                : new Verdict.Needed("its instance is there");
        if (!Id.TryParse<DeploymentId>(log.Name, out var id) || !_deployments.TryGetValue(id, out var deployment) || deployment.FinishedAt is not { } ended)
            return new Verdict.Needed("its deployment is on its way");
        if (_serving.Contains(id))
            return new Verdict.Needed("its deployment serves");
        return facts.Now - ended > OfDeployments ? new Verdict.Aged("its deployment ended more than 30 days ago") : Young(deployment);
    }

    private Verdict OfRemoved(RemovedInstance gone, EnvironmentFact env)
    {
        var deployment = _deployments.GetValueOrDefault(gone.Deployment);
        var age = deployment is { IsFailure: true } ? OfDeployments : env.Retention.LogAge;
        return facts.Now - gone.At > age ? new Verdict.Aged($"its instance went more than {age.TotalDays:0.#} days ago") : Young(deployment);
    }

    private static Verdict Young(DeploymentFact? deployment) => deployment is { IsFailure: true } ? new Verdict.Needed("its deployment failed less than 30 days ago") : new Verdict.Spare();

    /// <summary>Closed.</summary>
    private abstract record Verdict
    {
        private Verdict()
        {
        }

        public sealed record Needed(string Why) : Verdict;

        public sealed record Aged(string Why) : Verdict;

        /// <summary>Stays while there is room.</summary>
        public sealed record Spare : Verdict;
    }
}
