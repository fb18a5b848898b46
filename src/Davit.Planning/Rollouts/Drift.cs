using System.Collections.Immutable;
using Davit.Model;
using Davit.Planning.Instances;
using Davit.Planning.Wishes;
using static Davit.Planning.Rollouts.InstanceCondition;

namespace Davit.Planning.Rollouts;

/// <summary>One way in which the world is not as we left it.</summary>
/// <param name="Kind"><c>instance</c>, <c>network</c>, <c>volume</c>, <c>content</c> or <c>edge</c>.</param>
/// <param name="Left">How we left it.</param>
/// <param name="Found">How it is now.</param>
public sealed record Difference(string Kind, string Name, string Left, string Found)
{
    /// <summary>Of an instance.</summary>
    public string Service { get; init; } = "";
}

/// <summary>An instance as the ledger knows it.</summary>
public sealed record MadeInstance(string Name, string Service, string SpecHash);

/// <summary>What we made and have not taken away again, as the ledger says.</summary>
/// <param name="Objects">Networks and volumes by kind and name.</param>
public sealed record Inventory(ImmutableDictionary<InstanceId, MadeInstance> Instances, ImmutableHashSet<(string Kind, string Name)> Objects)
{
    /// <summary>The slice that the edge was last told to serve; null when this process has not told it anything.</summary>
    public string? Slice { get; init; }

    /// <summary>What is made and not there, although the wish wants it. While there are enough without it, it was one too many.</summary>
    public IEnumerable<KeyValuePair<InstanceId, MadeInstance>> Missing(Wish wish, Sight have) =>
        Instances.Where(m => have.Instances.All(i => i.Id != m.Key) && wish.Find(m.Value.Service) is { } service && service.SpecHash == m.Value.SpecHash
            && have.Of(service.Name).Count(i => i.SpecHash == service.SpecHash) < service.Scale);
}

/// <summary>
/// Tells what others did from what we have not done yet: what we made is held against what is there. A wish that has not been
/// carried out is no drift.
/// </summary>
public static class Drift
{
    public static EquatableList<Difference> Of(Wish wish, Inventory made, Sight have) =>
    [
        .. made.Missing(wish, have).Select(m => Of(m.Value.Name, m.Value.Service, "made", "missing")),
        .. have.Instances.Where(i => !made.Instances.ContainsKey(i.Id)).Select(i => Of(i.Name, i.Service, "unknown", "exists")),
        .. have.Instances.Where(i => i.Tampering is not "").Select(i => Of(i.Name, i.Service, "as made", i.Tampering)),
        .. Down(wish, have).Select(i => Of(i.Name, i.Service, "running", i.Condition.ToString()!)),
        .. Missing(made, "network", [.. wish.Networks.Select(n => n.Name)], have.Networks),
        .. Missing(made, "volume", [.. wish.Volumes.Select(v => v.Name)], have.Volumes),
        .. have.Damaged.Select(t => new Difference("content", t.Service, "as released", t.CanRestore ? t.Found : $"{t.Found}, and no copy of it is left")),
        .. have.Edge.IsReachable && made.Slice is { } slice && have.Edge.Slice != slice
            ? (Difference[])[new("edge", wish.Env, "the table it was told", have.Edge.Slice is "" ? "no table" : "another table")] : [],
    ];

    /// <summary>Of what would be done, everything that does not take a difference away: for those who only want to be told of it.</summary>
    public static IReadOnlyList<Step> WithoutRepairs(IEnumerable<Step> steps, EquatableList<Difference> differences) => [.. steps.Where(s => !differences.Any(d => Repairs(s, d)))];

    private static bool Repairs(Step step, Difference difference) => step switch
    {
        Step.Start s => difference is { Kind: "instance", Found: "missing" } && difference.Service == s.Service,
        Step.Revive s => difference.Kind is "instance" && difference.Name == s.Instance,
        Step.Stop s => difference.Kind is "instance" && difference.Name == s.Instance,
        Step.Retire s => difference.Kind is "instance" && difference.Name == s.Instance,
        Step.EnsureNetwork s => difference.Kind is "network" && difference.Name == s.Name,
        Step.EnsureVolume s => difference.Kind is "volume" && difference.Name == s.Name,
        Step.Switch => difference.Kind is "edge",
        Step.RestoreTree s => difference.Kind is "content" && difference.Name == s.Service,
        Step.RemoveNetwork or Step.RemoveVolume or Step.RunCommand => false,
    };

    private static Difference Of(string name, string service, string left, string found) => new("instance", name, left, found) { Service = service };

    /// <summary>Ended although the wish keeps it; what is being let go of may end.</summary>
    private static IEnumerable<InstanceSeen> Down(Wish wish, Sight have) =>
        wish.Services.Where(s => !s.IsJob).SelectMany(s => Slice.Kept(s, have)).Where(i => i.Condition is Ended);

    private static IEnumerable<Difference> Missing(Inventory made, string kind, ImmutableHashSet<string> wished, ImmutableHashSet<string> there) =>
        made.Objects.Where(o => o.Kind == kind && wished.Contains(o.Name) && !there.Contains(o.Name)).Order().Select(o => new Difference(kind, o.Name, "made", "missing"));
}
