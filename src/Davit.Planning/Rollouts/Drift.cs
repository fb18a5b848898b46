using System.Collections.Immutable;
using Davit.Model;
using Davit.Planning.Instances;
using Davit.Planning.Wishes;
using static Davit.Planning.Rollouts.InstanceCondition;

namespace Davit.Planning.Rollouts;

/// <summary>One way in which the world is not as we left it.</summary>
/// <param name="Kind"><c>instance</c>, <c>network</c>, <c>volume</c> or <c>edge</c>.</param>
/// <param name="Left">How we left it.</param>
/// <param name="Found">How it is now.</param>
public sealed record Difference(string Kind, string Name, string Left, string Found);

/// <summary>What we made and have not taken away again, as the ledger says.</summary>
/// <param name="Objects">Networks and volumes by kind and name.</param>
public sealed record Inventory(ImmutableDictionary<InstanceId, string> Instances, ImmutableHashSet<(string Kind, string Name)> Objects)
{
    /// <summary>The slice that the edge was last told to serve; null when this process has not told it anything.</summary>
    public string? Slice { get; init; }
}

/// <summary>
/// Tells what others did from what we have not done yet: what we made is held against what is there. A wish that has not been
/// carried out is no drift.
/// </summary>
public static class Drift
{
    public static EquatableList<Difference> Of(Wish wish, Inventory made, Sight have) =>
    [
        .. made.Instances.Where(i => have.Instances.All(s => s.Id != i.Key)).Select(i => new Difference("instance", i.Value, "made", "missing")),
        .. have.Instances.Where(i => !made.Instances.ContainsKey(i.Id)).Select(i => new Difference("instance", i.Name, "unknown", "exists")),
        .. have.Instances.Where(i => i.Tampering is not "").Select(i => new Difference("instance", i.Name, "as made", i.Tampering)),
        .. have.Instances.Where(i => IsDown(wish, i)).Select(i => new Difference("instance", i.Name, "running", i.Condition.ToString()!)),
        .. Missing(made, "network", [.. wish.Networks.Select(n => n.Name)], have.Networks),
        .. Missing(made, "volume", [.. wish.Volumes.Select(v => v.Name)], have.Volumes),
        .. have.Edge.IsReachable && made.Slice is { } slice && have.Edge.Slice != slice
            ? (Difference[])[new("edge", wish.Env, "the table it was told", have.Edge.Slice is "" ? "no table" : "another table")] : [],
    ];

    /// <summary>Ended although nobody asked it to and nobody else brings it back.</summary>
    private static bool IsDown(Wish wish, InstanceSeen instance) =>
        wish.Find(instance.Service) is { IsJob: false, Scale: > 0 } service && service.SpecHash == instance.SpecHash && instance.Condition is Ended;

    private static IEnumerable<Difference> Missing(Inventory made, string kind, ImmutableHashSet<string> wished, ImmutableHashSet<string> there) =>
        made.Objects.Where(o => o.Kind == kind && wished.Contains(o.Name) && !there.Contains(o.Name)).Order().Select(o => new Difference(kind, o.Name, "made", "missing"));
}
