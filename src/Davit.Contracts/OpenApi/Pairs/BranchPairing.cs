using Davit.Contracts.OpenApi.Schemas;

namespace Davit.Contracts.OpenApi.Pairs;

/// <summary>The branches of a composition before and after: which belong together, and which came or went.</summary>
internal sealed record BranchPairing(List<SchemaRef> Added, List<SchemaRef> Removed, List<BranchPair> Kept)
{
    /// <summary>
    /// References pair by name. What stands in place pairs with what says the same, then by title, and at last the only two that
    /// are left over.
    /// </summary>
    public static BranchPairing Of(Schema old, Schema @new, string keyword)
    {
        var (before, after) = (old.List(keyword), @new.List(keyword));
        var kept = new List<BranchPair>();
        TakeReferences(before, after, kept);
        TakeEqual(before, after, (b, a) => b.Name is null && a.Name is null ? SchemaEquality.Same(b.Schema, a.Schema) : (b.Name is null || a.Name is null) && SchemaEquality.AcceptSame(b.Schema, a.Schema));
        var (inPlaceBefore, inPlaceAfter) = (before.Where(b => b.Name is null).ToList(), after.Where(a => a.Name is null).ToList());
        var references = (Before: before.Where(b => b.Name is not null), After: after.Where(a => a.Name is not null));
        TakeTitles(inPlaceBefore, inPlaceAfter, kept);
        if (inPlaceBefore is [{ Schema.Title: "" } lastOld] && inPlaceAfter is [{ Schema.Title: "" } lastNew])
        {
            kept.Add(new BranchPair(lastOld, lastNew));
            inPlaceBefore.Clear();
            inPlaceAfter.Clear();
        }

        return new BranchPairing([.. references.After, .. inPlaceAfter], [.. references.Before, .. inPlaceBefore], kept);
    }

    private static void TakeReferences(List<SchemaRef> before, List<SchemaRef> after, List<BranchPair> kept)
    {
        foreach (var branch in before.Where(b => b.Name is not null).ToList())
        {
            var same = after.FindIndex(a => a.Name == branch.Name);
            if (same < 0)
                continue;
            kept.Add(new BranchPair(branch, after[same]));
            after.RemoveAt(same);
            before.Remove(branch);
        }
    }

    /// <summary>What says the same on both sides needs no more looking at. A reference may say the same as what stands in place.</summary>
    private static void TakeEqual(List<SchemaRef> before, List<SchemaRef> after, Func<SchemaRef, SchemaRef, bool> areEqual)
    {
        foreach (var branch in before.ToList())
        {
            var same = after.FindIndex(a => areEqual(branch, a));
            if (same < 0)
                continue;
            after.RemoveAt(same);
            before.Remove(branch);
        }
    }

    private static void TakeTitles(List<SchemaRef> before, List<SchemaRef> after, List<BranchPair> kept)
    {
        foreach (var branch in after.Where(a => a.Schema.Title is not "").DistinctBy(a => a.Schema.Title, StringComparer.Ordinal).ToList())
        {
            var same = before.FindIndex(b => b.Schema.Title == branch.Schema.Title);
            if (same < 0)
                continue;
            kept.Add(new BranchPair(before[same], branch));
            before.RemoveAt(same);
            after.Remove(branch);
        }
    }
}

internal readonly record struct BranchPair(SchemaRef Old, SchemaRef New)
{
    public string Label => New.Name ?? (New.Schema.Title is { Length: > 0 } title ? title : "in place");
}
