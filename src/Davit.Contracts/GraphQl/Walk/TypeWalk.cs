using Davit.Contracts.GraphQl.Model;
using Davit.Contracts.GraphQl.Pairs;
using Davit.Contracts.GraphQl.Rules;

namespace Davit.Contracts.GraphQl.Walk;

/// <summary>Walks two types and what they hold.</summary>
internal sealed class TypeWalk(SchemaPair schemas, FindingSink sink)
{
    private readonly UseWalk _uses = new(schemas, sink);

    private readonly Lazy<ILookup<string, TypeDefinition>> _implementations = new(() => schemas.New.Types.Values.SelectMany(t => t.Interfaces.Select(i => (i.Name, Type: t))).ToLookup(p => p.Name, p => p.Type, StringComparer.Ordinal));

    public void Walk(TypePair pair)
    {
        sink.Judge(GraphQlRules.Types, pair);
        // What is gone is told as a whole, and so is what is now of another kind.
        if (pair is not { New: { } @new } || (pair.Old is { } before && before.Kind != @new.Kind))
            return;
        var old = pair.Old;
        foreach (var (oldOne, newOne) in Pairing.ByName(old?.Interfaces, @new.Interfaces, i => i.Name))
            sink.Judge(GraphQlRules.Interfaces, new InterfacePair(pair, oldOne, newOne));
        foreach (var (oldOne, newOne) in Pairing.ByName(old?.Members, @new.Members, m => m.Name))
            sink.Judge(GraphQlRules.UnionMembers, new UnionMemberPair(pair, oldOne, newOne));
        foreach (var (oldOne, newOne) in Pairing.ByName(old?.Fields, @new.Fields, f => f.Name))
            Walk(new FieldPair(pair, oldOne, newOne));
        foreach (var (oldOne, newOne) in Pairing.ByName(old?.InputFields, @new.InputFields, f => f.Name))
            Walk(new InputFieldPair(pair, oldOne, newOne));
        foreach (var (oldOne, newOne) in Pairing.ByName(old?.Values, @new.Values, v => v.Name))
            Walk(new EnumValuePair(pair, oldOne, newOne));
        _uses.Walk(SpotOf(@new.Kind), pair, old?.Uses, @new.Uses);
    }

    private void Walk(FieldPair pair)
    {
        sink.Judge(GraphQlRules.Fields, pair);
        Announcements(pair, pair.Old, pair.New);
        if (pair.New is not { } @new)
            return;
        foreach (var (oldOne, newOne) in Pairing.ByName(pair.Old?.Arguments, @new.Arguments, a => a.Name))
            Walk(new ArgumentPair(pair, oldOne, newOne));
        _uses.Walk(Spot.FieldDefinition, pair, pair.Old?.Uses, @new.Uses);
        if (pair is not { Old: null, Of.Type.Kind: TypeKind.Interface })
            return;
        foreach (var type in _implementations.Value[pair.Of.Type.Name])
            sink.Judge(GraphQlRules.Implementations, new ImplementationPair(pair, type));
    }

    private void Walk(ArgumentPair pair)
    {
        sink.Judge(GraphQlRules.Arguments, pair);
        Removal(pair, pair.Old, pair.New);
        // What a new argument carries came with it.
        if (pair is { Old: { } old, New: { } @new })
            _uses.Walk(Spot.ArgumentDefinition, pair, old.Uses, @new.Uses);
    }

    private void Walk(InputFieldPair pair)
    {
        sink.Judge(GraphQlRules.InputFields, pair);
        Removal(pair, pair.Old, pair.New);
        if (pair.New is { } @new)
            _uses.Walk(Spot.InputFieldDefinition, pair, pair.Old?.Uses, @new.Uses);
    }

    private void Walk(EnumValuePair pair)
    {
        sink.Judge(GraphQlRules.EnumValues, pair);
        Announcements(pair, pair.Old, pair.New);
        if (pair.New is { } @new)
            _uses.Walk(Spot.EnumValue, pair, pair.Old?.Uses, @new.Uses);
    }

    private void Announcements(IPair pair, Definition? old, Definition? @new)
    {
        Removal(pair, old, @new);
        if (@new is not null && (old?.Deprecation is not null || @new.Deprecation is not null))
            sink.Judge(GraphQlRules.Deprecations, new DeprecationPair(pair, old?.Deprecation, @new.Deprecation));
    }

    private void Removal(IPair pair, Definition? old, Definition? @new)
    {
        if (old is not null && @new is null)
            sink.Judge(GraphQlRules.Removals, new RemovalPair(pair, old, schemas));
    }

    private static Spot SpotOf(TypeKind kind) => kind switch
    {
        TypeKind.Scalar => Spot.Scalar,
        TypeKind.Object => Spot.Object,
        TypeKind.Interface => Spot.Interface,
        TypeKind.Union => Spot.UnionMember,
        TypeKind.Enum => Spot.Enum,
        _ => Spot.InputObject,
    };
}
