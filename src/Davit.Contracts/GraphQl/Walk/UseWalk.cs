using Davit.Contracts.GraphQl.Model;
using Davit.Contracts.GraphQl.Pairs;
using Davit.Contracts.GraphQl.Rules;

namespace Davit.Contracts.GraphQl.Walk;

/// <summary>Walks the directives on one element.</summary>
internal sealed class UseWalk(SchemaPair schemas, FindingSink sink)
{
    private static readonly HashSet<string> NothingKept = [];

    public void Walk(Spot spot, IPair pair, IReadOnlyList<DirectiveUse>? old, IReadOnlyList<DirectiveUse> @new)
    {
        if (@new is not [] || old is not (null or []))
            Walk(Carrier.Of(spot, pair), old ?? [], @new);
    }

    public void Walk(Carrier on, IReadOnlyList<DirectiveUse> old, IReadOnlyList<DirectiveUse> @new)
    {
        // An introspection result does not tell them; to take its silence for removals would be wrong.
        if (!schemas.Old.HasUses || !schemas.New.HasUses)
            return;
        var (olds, news) = (old.ToLookup(u => u.Name, StringComparer.Ordinal), @new.ToLookup(u => u.Name, StringComparer.Ordinal));
        foreach (var name in olds.Select(g => g.Key).Union(news.Select(g => g.Key), StringComparer.Ordinal))
            Walk(on, [.. olds[name]], [.. news[name]]);
    }

    private void Walk(Carrier on, List<DirectiveUse> old, List<DirectiveUse> @new)
    {
        // Only of several uses one can have moved.
        var kept = old.Count + @new.Count > 2 ? @new.Select(n => n.Text).ToHashSet(StringComparer.Ordinal) : NothingKept;
        for (var i = 0; i < Math.Max(old.Count, @new.Count); i++)
        {
            var (oldUse, newUse) = (i < old.Count ? old[i] : null, i < @new.Count ? @new[i] : null);
            var pair = new UsePair(on, oldUse, newUse, oldUse is not null && kept.Contains(oldUse.Text));
            sink.Judge(GraphQlRules.Uses, pair);
            if (newUse is null)
                continue;
            foreach (var (oldArgument, newArgument) in Pairing.ByName(oldUse?.Arguments, newUse.Arguments, a => a.Name))
                sink.Judge(GraphQlRules.UseArguments, new UseArgumentPair(pair, oldArgument, newArgument));
        }
    }
}
