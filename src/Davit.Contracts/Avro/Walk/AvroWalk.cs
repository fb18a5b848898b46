using Davit.Contracts.Avro.Pairs;
using Davit.Contracts.Avro.Resolution;
using Davit.Contracts.Avro.Rules;
using Davit.Contracts.Avro.Schemas;
using Davit.Contracts.Documents;
using Davit.Contracts.Findings;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Avro.Walk;

/// <summary>Walks two schemas together. A pair of types is judged once, so recursive types end.</summary>
internal sealed class AvroWalk(ElementSink sink)
{
    private const int Deepest = 1_000;

    private static readonly HashSet<string> Meaningful = new(
        ["type", "name", "namespace", "aliases", "fields", "items", "values", "symbols", "size", "default", "order", "logicalType", "precision", "scale"], StringComparer.Ordinal);

    private readonly HashSet<(AvroType, AvroType)> _seen = [];

    public void Run(IReadOnlyList<AvroType> old, IReadOnlyList<AvroType> @new)
    {
        if (old is [var one] && @new is [var other])
        {
            Whole(one, other);
            return;
        }

        foreach (var name in old.Concat(@new).Select(t => t.Title).Distinct(StringComparer.Ordinal))
        {
            var pair = new DeclarationPair(old.FirstOrDefault(t => t.Title == name), @new.FirstOrDefault(t => t.Title == name));
            sink.Judge(AvroRules.Declarations, pair, name, pair.Old?.Node ?? default, pair.New?.Node ?? default);
            if (pair is { Old: { } before, New: { } after })
                Whole(before, after);
        }
    }

    private void Whole(AvroType old, AvroType @new)
    {
        var before = sink.Findings.Count;
        Types(old, @new, "/", default);
        var told = sink.Findings.Skip(before).ToList();
        sink.Judge(AvroRules.Wholes, new WholePair(old, @new, told.Exists(f => f.Rule.Severity is Severity.Breaking), told.Exists(f => f.Rule.Forward is Severity.Breaking)), "/", old.Node, @new.Node);
    }

    private void Types(AvroType old, AvroType @new, string at, Node @default)
    {
        if (!_seen.Add((old, @new)))
            return;
        if (at.Count(c => c is '/') > Deepest)
            throw new UnreadableException(UnreadableCodes.TooDeep, $"types refer to each other more than {Deepest} deep", @new.Node.Where);
        if (old.IsUnion || @new.IsUnion)
        {
            Unions(old, @new, at, @default);
            return;
        }

        var pair = new TypePair(old, @new);
        sink.Judge(AvroRules.Types, pair, at, old.Node, @new.Node);
        if (!pair.IsSameKind || (pair.IsNamed && !pair.IsMoved && !pair.NewKnowsOldName && !pair.OldKnowsNewName))
            return;
        Aliases(old.Aliases.Select(a => a.Full), @new.Aliases.Select(a => a.Full), at, old.Node, @new.Node);
        Properties(old.Node, @new.Node, at);
        foreach (var symbol in old.Symbols.Union(@new.Symbols, StringComparer.Ordinal))
            sink.Judge(AvroRules.Symbols, new SymbolPair(pair, old.Symbols.FirstOrDefault(s => s == symbol), @new.Symbols.FirstOrDefault(s => s == symbol)), at, old.Node["symbols"], @new.Node["symbols"]);
        Fields(old, @new, at);
        if (old.Inner is [var element] && @new.Inner is [var other])
            Types(element, other, Step(at, old.Kind is AvroKind.Array ? "items" : "values"), default);
    }

    private void Unions(AvroType old, AvroType @new, string at, Node @default)
    {
        var (oldBranches, newBranches) = (Branches(old), Branches(@new));
        var resolution = new AvroResolution();
        var paired = new List<(AvroType Old, AvroType New)>();
        foreach (var branch in oldBranches)
        {
            if (newBranches.FirstOrDefault(b => b.Kind == branch.Kind && (!b.IsNamed || resolution.SameName(branch, b) || resolution.SameName(b, branch))) is { } partner)
                paired.Add((branch, partner));
        }

        sink.Judge(AvroRules.Unions, new UnionPair(old, @new, paired, @default), at, old.Node, @new.Node);
        if (old.IsUnion && @new.IsUnion)
        {
            foreach (var removed in oldBranches.Except(paired.Select(p => p.Old)))
                sink.Judge(AvroRules.Branches, new BranchPair(removed, null, AvroResolution.Read(removed, @new) is null), at, removed.Node, @new.Node);
            foreach (var added in newBranches.Except(paired.Select(p => p.New)))
                sink.Judge(AvroRules.Branches, new BranchPair(null, added, AvroResolution.Read(added, old) is null), at, old.Node, added.Node);
        }

        foreach (var (before, after) in paired)
            Types(before, after, at, default);
    }

    private void Fields(AvroType old, AvroType @new, string at)
    {
        foreach (var pair in AvroPairing.Fields(old, @new))
        {
            var below = Step(at, (pair.New ?? pair.Old)!.Name);
            sink.Judge(AvroRules.Fields, pair, below, pair.Old?.Node ?? default, pair.New?.Node ?? default);
            if (pair is not { Old: { } before, New: { } after })
                continue;
            Aliases(before.Aliases, after.Aliases, below, before.Node, after.Node);
            Properties(before.Node, after.Node, below);
            Types(before.Type, after.Type, below, after.Default);
        }
    }

    private void Aliases(IEnumerable<string> old, IEnumerable<string> @new, string at, Node oldNode, Node newNode)
    {
        var (before, after) = (old.ToHashSet(StringComparer.Ordinal), @new.ToHashSet(StringComparer.Ordinal));
        foreach (var alias in before.Union(after, StringComparer.Ordinal).Order(StringComparer.Ordinal))
            sink.Judge(AvroRules.Aliases, new AliasPair(before.Contains(alias) ? alias : null, after.Contains(alias) ? alias : null), at, oldNode, newNode);
    }

    private void Properties(Node old, Node @new, string at)
    {
        foreach (var name in Others(old).Union(Others(@new), StringComparer.Ordinal))
            sink.Judge(AvroRules.Properties, new PropertyPair(name, old[name], @new[name]), at, old, @new);
    }

    private static IEnumerable<string> Others(Node node) => node.IsObject ? node.Children.ToList().Select(c => c.Name!).Where(n => !Meaningful.Contains(n)) : [];

    private static IReadOnlyList<AvroType> Branches(AvroType type) => type.IsUnion ? type.Inner : [type];

    private static string Step(string at, string step) => at is "/" ? "/" + step : $"{at}/{step}";
}
