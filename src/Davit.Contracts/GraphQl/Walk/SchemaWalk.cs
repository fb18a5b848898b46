using Davit.Contracts.GraphQl.Model;
using Davit.Contracts.GraphQl.Pairs;
using Davit.Contracts.GraphQl.Rules;

namespace Davit.Contracts.GraphQl.Walk;

/// <summary>Walks two schemas together.</summary>
internal sealed class SchemaWalk(SchemaPair schemas, FindingSink sink)
{
    private readonly UseWalk _uses = new(schemas, sink);
    private readonly DirectiveWalk _directives = new(schemas, sink);
    private readonly TypeWalk _types = new(schemas, sink);

    public void Run()
    {
        foreach (var operation in Root.Operations)
            sink.Judge(GraphQlRules.Roots, new RootPair(schemas, operation, schemas.Old.Root(operation), schemas.New.Root(operation)));
        foreach (var (old, @new) in Pairing.ByName(schemas.Old.Types.Values, schemas.New.Types.Values, t => t.Name))
            _types.Walk(new TypePair(schemas, old, @new));
        _directives.Run();
        _uses.Walk(new Carrier(Spot.Schema, "", "schema", IsNew: false), schemas.Old.Uses, schemas.New.Uses);
    }
}
