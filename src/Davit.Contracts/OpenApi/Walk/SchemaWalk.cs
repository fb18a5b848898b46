using Davit.Contracts.Documents;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Model;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.OpenApi.Rules;
using Davit.Contracts.OpenApi.Rules.Schemas;
using Davit.Contracts.OpenApi.Schemas;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Walk;

/// <summary>Walks two schemas together and puts each pair of them, and of their parts, before the rules.</summary>
internal sealed class SchemaWalk(FindingSink sink)
{
    /// <summary>Pairs that are being compared: where a recursive schema meets itself again there is nothing more to say.</summary>
    private readonly HashSet<(Node, Node)> _open = [];

    private int _cuts;

    /// <summary>Where what is excluded is walked, the rules about keywords mean the reverse.</summary>
    private RuleSpec? _claimant;

    public void Compare(SchemaPair pair, Place place)
    {
        if (sink.IsFull || sink.Schemas.IsSilent(pair) || SchemaEquality.Same(pair.Old, pair.New))
            return;
        if (!_open.Add((pair.Old.Node, pair.New.Node)))
        {
            _cuts++;
            return;
        }

        Nesting.Check(_open.Count, pair.New.Node, Nesting.DeepestSchemas);
        if (pair.IsUnion)
            place = place with { IsInUnion = true };
        var (findings, cuts) = (sink.Findings.Count, _cuts);
        foreach (var judged in sink.Schemas.Judge(pair, Judge))
            sink.Add(judged.Verdict.ClaimedBy(_claimant ?? judged.Verdict.ClaimedBy), judged.Step is { } step ? place.Step(step) : place, judged.Old, judged.New, judged);
        Descend(pair, place);
        _open.Remove((pair.Old.Node, pair.New.Node));
        // Where rules have other names, whoever names them proves what stays silent.
        if (_open.Count is 0 && place.Naming is null && sink.Findings.Count == findings)
            Prove(pair, place);
        if (sink.Findings.Count == findings && _cuts == cuts)
            sink.Schemas.Silence(pair);
    }

    private void Prove(SchemaPair pair, Place place)
    {
        if (sink.Schemas.Witness(pair) is not { } witness)
            return;
        foreach (var verdict in FindingSink.Verdicts(OpenApiRules.Proven, new ProvenPair(pair, witness)))
            sink.Add(verdict, place, pair.Old.Node, pair.New.Node, new Judged(verdict, null, pair.Old.Node, pair.New.Node) { Witness = witness, Proof = Proof.Breaking });
    }

    private List<Judged> Judge(SchemaPair pair)
    {
        var all = new List<Judged>();
        Add(FindingSink.Verdicts(OpenApiRules.Schemas, pair), null, pair.Old.Node, pair.New.Node);
        if (sink.WantsUnions)
            Add(FindingSink.Verdicts(OpenApiRules.Unions, pair), null, pair.Old.Node, pair.New.Node);
        if (pair.Scope.IsMember() && Lifecycle.Differ(pair.Old.Node, pair.New.Node))
            Stability();
        foreach (var excluded in Exclusions(pair))
            Add(FindingSink.Verdicts(OpenApiRules.Exclusions, excluded), null, pair.Old.Node["not"], pair.New.Node["not"]);
        foreach (var value in Values(pair))
            Add(FindingSink.Verdicts(OpenApiRules.Values, value), null, value.Old, value.New);
        foreach (var entry in Entries(pair))
            Add(FindingSink.Verdicts(OpenApiRules.Entries, entry), null, entry.Old, entry.New);
        foreach (var member in Members(pair))
            Add(FindingSink.Verdicts(OpenApiRules.Members, member).Select(v => v with { IsAboutValues = true }), member.Name, Site(pair.Old, member.Name), Site(pair.New, member.Name));
        return all;

        void Stability()
        {
            var (old, @new) = (new Lifecycle(pair.Old.Node), new Lifecycle(pair.New.Node));
            Add(FindingSink.Verdicts(OpenApiRules.Lifecycles, new LifecyclePair(pair.Operation, old.IsStabilityUnknown ? old : @new)), null, old.StabilityNode, @new.StabilityNode);
        }

        void Add(IEnumerable<Verdict> verdicts, string? step, Node old, Node @new) => all.AddRange(verdicts.Select(v => new Judged(v, step, old, @new)));
    }

    private static Node Site(Schema schema, string member) => schema.Node["properties"][member];

    private static IEnumerable<ValuePair> Values(SchemaPair pair)
    {
        foreach (var removed in pair.Old.Enum.Where(o => !pair.New.Enum.Exists(n => NodeEquality.Same(o, n))))
            yield return new ValuePair(pair, removed, default);
        foreach (var added in pair.New.Enum.Where(n => !pair.Old.Enum.Exists(o => NodeEquality.Same(o, n))))
            yield return new ValuePair(pair, default, added);
    }

    private IEnumerable<ExclusionPair> Exclusions(SchemaPair pair)
    {
        if (pair.Old.Child("not") is { } old && pair.New.Child("not") is { } kept && !SchemaEquality.Same(old.Schema, kept.Schema))
            yield return new ExclusionPair(pair, sink.Schemas.Exclusion(pair.Inside(old.Schema, kept.Schema, pair.Scope)));
    }

    private static IEnumerable<EntryPair> Entries(SchemaPair pair)
    {
        foreach (var keyword in (string[])["dependentRequired", "dependentSchemas", "patternProperties"])
        {
            foreach (var name in Names(pair.Old.Node[keyword], pair.New.Node[keyword]))
                yield return new EntryPair(pair, keyword, name, pair.Old.Node[keyword][name], pair.New.Node[keyword][name]);
        }

        if (pair.Old.Has("discriminator") && pair.New.Has("discriminator"))
        {
            foreach (var name in Names(pair.Old.Node["discriminator"]["mapping"], pair.New.Node["discriminator"]["mapping"]))
                yield return new EntryPair(pair, "mapping", name, pair.Old.Mapping.GetValueOrDefault(name), pair.New.Mapping.GetValueOrDefault(name));
        }

        foreach (var value in pair.Old.Node["x-extensible-enum"].Children.ToList())
        {
            if (!pair.New.Node["x-extensible-enum"].Children.ToList().Exists(n => NodeEquality.Same(n, value)) && pair.New.Has("x-extensible-enum"))
                yield return new EntryPair(pair, "x-extensible-enum", value.Scalar ?? "", value, default);
        }
    }

    private static IEnumerable<MemberPair> Members(SchemaPair pair)
    {
        // The members went with the whole schema into the alternative beside null, or came out of it.
        if (pair.Transition.IsNullableWrapped || pair.Transition.IsNullableUnwrapped)
            yield break;
        foreach (var (name, old) in pair.Old.Properties)
            yield return new MemberPair(pair, name, old, pair.New.Properties.TryGetValue(name, out var kept) ? kept : null);
        foreach (var (name, added) in pair.New.Properties.Where(p => !pair.Old.Properties.ContainsKey(p.Key)))
            yield return new MemberPair(pair, name, null, added);
    }

    private void Descend(SchemaPair pair, Place place)
    {
        Branches(pair, pair.AllOf, "allOf", place);
        Branches(pair, pair.AnyOf, "anyOf", place);
        Branches(pair, pair.OneOf, "oneOf", place);
        foreach (var (name, old) in pair.Old.Properties)
        {
            if (pair.New.Properties.TryGetValue(name, out var kept))
                Inside(pair, old, kept, place.Step(name));
        }

        foreach (var keyword in Keywords.Schemas)
        {
            if (pair.Old.Child(keyword) is not { } old || pair.New.Child(keyword) is not { } kept)
                continue;
            var outer = _claimant;
            _claimant = keyword is "not" ? NotWidened.Fact.At(pair.Scope) ?? outer : outer;
            Inside(pair, old, kept, place.Step(keyword));
            _claimant = outer;
        }

        Branches(pair, pair.PrefixItems, "prefixItems", place);
        foreach (var keyword in (string[])["patternProperties", "dependentSchemas"])
        {
            var after = pair.New.Map(keyword);
            foreach (var (name, old) in pair.Old.Map(keyword))
            {
                if (after.TryGetValue(name, out var kept))
                    Inside(pair, old, kept, place.Step($"{keyword}[{name}]"));
            }
        }
    }

    private void Branches(SchemaPair pair, BranchPairing branches, string keyword, Place place)
    {
        foreach (var branch in branches.Kept)
            Inside(pair, branch.Old, branch.New, place.Step($"{keyword}[{branch.Label}]"));
    }

    private void Inside(SchemaPair outer, SchemaRef old, SchemaRef @new, Place place)
    {
        if (old.Schema.Boolean is not null || @new.Schema.Boolean is not null)
            return;
        var scope = outer.ScopeInside switch
        {
            Scope.RequestProperty when @new.Schema.IsReadOnly => Scope.RequestReadOnlyProperty,
            Scope.ResponseProperty when @new.Schema.IsWriteOnly => Scope.ResponseWriteOnlyProperty,
            var inside => inside,
        };
        Compare(outer.Inside(old.Schema, @new.Schema, scope), place);
    }

    private static IEnumerable<string> Names(Node old, Node @new) =>
        old.Children.ToList().Concat(@new.Children.ToList()).Select(m => m.Name).OfType<string>().Distinct(StringComparer.Ordinal);
}
