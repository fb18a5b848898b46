using Davit.Contracts.GraphQl.Pairs;
using Davit.Contracts.GraphQl.Rules;

namespace Davit.Contracts.GraphQl.Walk;

/// <summary>Walks the definitions of directives.</summary>
internal sealed class DirectiveWalk(SchemaPair schemas, FindingSink sink)
{
    /// <summary>The specification says what they are, whether a schema repeats it or not.</summary>
    private static readonly string[] BuiltIn = ["skip", "include", "deprecated", "specifiedBy", "oneOf"];

    public void Run()
    {
        foreach (var (old, @new) in Pairing.ByName(schemas.Old.Directives.Values, schemas.New.Directives.Values, d => d.Name))
        {
            var pair = new DirectivePair(schemas, old, @new);
            if (!BuiltIn.Contains(pair.Directive.Name, StringComparer.Ordinal))
                Walk(pair);
        }
    }

    private void Walk(DirectivePair pair)
    {
        sink.Judge(GraphQlRules.Directives, pair);
        if (pair.New is not { } @new)
            return;
        foreach (var (oldOne, newOne) in Pairing.ByName(pair.Old?.Locations, @new.Locations, l => l.Name))
            sink.Judge(GraphQlRules.Locations, new LocationPair(pair, oldOne, newOne));
        foreach (var (oldOne, newOne) in Pairing.ByName(pair.Old?.Arguments, @new.Arguments, a => a.Name))
            sink.Judge(GraphQlRules.DirectiveArguments, new DirectiveArgumentPair(pair, oldOne, newOne));
    }
}
