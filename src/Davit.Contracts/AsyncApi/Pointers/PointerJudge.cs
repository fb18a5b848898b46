using Davit.Contracts.Documents;
using Davit.Contracts.Findings;

namespace Davit.Contracts.AsyncApi.Pointers;

/// <summary>Gives each place the verdict of asyncapi/diff; what that checker leaves open gets the worst of ours about the place.</summary>
internal sealed class PointerJudge(PointerTable table, OwnVerdicts own)
{
    private const string Checker = "asyncapi-diff";

    private readonly Dictionary<Node, Spot> _spots = [];

    public Finding Judge(PointerChange change)
    {
        var (old, @new) = (SpotOf(change.Old), SpotOf(change.New));
        var (count, template, row) = table.Nearest(change.Steps);
        var isKnown = count == change.Steps.Count;
        var levels = isKnown ? row.Levels : null;
        var family = row.Family;
        var (rule, known, text) = change switch
        {
            { IsAdded: true } => (family.Added, levels?.Added, "is new"),
            { IsRemoved: true } => (family.Removed, levels?.Removed, "is gone"),
            _ => (family.Changed, levels?.Changed, change.Old.Scalar is { } was && change.New.Scalar is { } now ? $"is {now} now, not {was}" : "changed"),
        };
        var level = known ?? own.At(old.Place, @new.Place, change.Steps.Count - (isKnown ? count : count + 1)) ?? Unseen(change);
        var finding = new Finding(rule with { Alias = new RuleAlias(Checker, isKnown && count > 0 ? template : change.Pointer, level) }, level, "", change.Pointer, "", $"{change.Told} {text}", old.Evidence, @new.Evidence);
        return Fingerprint.Marked(finding, old.Canonical, @new.Canonical);
    }

    /// <summary>None of our rules spoke: extensions, texts and what no operation uses break nobody; of the rest nobody can tell.</summary>
    private static Severity Unseen(PointerChange change) =>
        change.Steps is ["components", ..] || change.Steps.Any(s => s.StartsWith("x-", StringComparison.Ordinal)) || change.Name is "description" or "title" or "summary" or "examples" or "example" or "externalDocs" || change.Steps.Contains("tags", StringComparer.Ordinal)
            ? Severity.Note : Severity.Warning;

    private Spot SpotOf(Node node)
    {
        if (!_spots.TryGetValue(node, out var spot))
            _spots[node] = spot = Spot.Of(node);
        return spot;
    }
}
