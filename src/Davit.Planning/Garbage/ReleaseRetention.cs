using System.Collections.Immutable;
using Davit.Model;

namespace Davit.Planning.Garbage;

/// <summary>Which releases stay, and by which rule.</summary>
public static class ReleaseRetention
{
    /// <summary>The edge goes on answering for files of the release before for this long.</summary>
    private static readonly TimeSpan Aftermath = TimeSpan.FromHours(1);

    /// <summary>A release that failed is looked into, repaired around and tried again.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromDays(1);

    /// <returns>The first rule that keeps it, by release; what is absent is kept by none.</returns>
    public static ImmutableDictionary<ReleaseId, string> Kept(GarbageFacts facts)
    {
        var why = new Dictionary<ReleaseId, string>();
        foreach (var release in facts.Releases.Where(r => r.PinnedBy is not ""))
            why.TryAdd(release.Id, $"pinned by {release.PinnedBy}");
        foreach (var release in facts.Releases.Where(r => facts.Holds.Contains(new Held(ThingKind.Release, r.Id.ToString()))))
            why.TryAdd(release.Id, "a deployment on its way needs it");

        var byEnvironment = facts.Deployments.ToLookup(d => d.Env);
        foreach (var env in facts.Environments)
            KeepOf(env, [.. byEnvironment[env.Id].OrderByDescending(d => d.Number)], facts.Now, why);

        var served = facts.Deployments.Where(d => d.IsSuccess).Select(d => d.Release).ToHashSet();
        foreach (var release in facts.Releases.Where(r => !served.Contains(r.Id) && facts.Now - r.CreatedAt < Fresh))
            why.TryAdd(release.Id, "made within a day and not served yet");
        return why.ToImmutableDictionary();
    }

    private static void KeepOf(EnvironmentFact env, IReadOnlyList<DeploymentFact> newestFirst, DateTimeOffset now, Dictionary<ReleaseId, string> why)
    {
        if (newestFirst.FirstOrDefault(d => d.Id == env.Serving) is { Release: { } serving })
            why.TryAdd(serving, $"serves {env}");
        foreach (var running in newestFirst.Where(d => d.FinishedAt is null))
        {
            if (running.Release is { } wanted)
                why.TryAdd(wanted, $"deployment #{running.Number} of {env} is on its way");
        }

        var served = newestFirst.Where(d => d is { IsSuccess: true, Release: not null }).ToList();
        foreach (var release in served.Select(d => d.Release!.Value).Distinct().Take(Math.Max(1, env.Retention.Releases)))
            why.TryAdd(release, $"one of the last {Math.Max(1, env.Retention.Releases)} releases of {env}");
        if (served.FirstOrDefault(d => d.Id != env.Serving) is not { ReplacedAt: { } at, Release: { } before })
            return;
        if (now - at < Aftermath)
            why.TryAdd(before, $"served {env} until less than an hour ago");
        if (now - at < env.KeepsWarm)
            why.TryAdd(before, $"stays warm, so that {env} can go back to it");
    }
}
