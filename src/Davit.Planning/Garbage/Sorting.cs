using Davit.Model;

namespace Davit.Planning.Garbage;

/// <summary>The two heaps that everything is sorted into.</summary>
internal sealed class Sorting
{
    private readonly List<Going> _going = [];
    private readonly List<Kept> _kept = [];

    public void Go(Going item) => _going.Add(item);

    public void Keep(ThingKind kind, string name, string why, long bytes, OrgId? org = null) => _kept.Add(new(kind, name, why, bytes) { Org = org });

    public GarbagePlan ToPlan() => new(
        [.. _going.OrderBy(g => g.Kind).ThenBy(g => g.Name, StringComparer.Ordinal)],
        [.. _kept.OrderBy(k => k.Kind).ThenBy(k => k.Name, StringComparer.Ordinal)]);
}
