using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.GraphQl.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.GraphQl.Rules.Roots;

/// <summary>Operations begin at these types; the name of a type is also what fragments are written on.</summary>
internal sealed class RootTypeChanged : IRule<RootPair>
{
    private static readonly RuleSpec Query = Gql.Known("SCHEMA_QUERY_TYPE_CHANGED", Severity.Breaking, Side.Neither, "The entry point of queries is another type, or there is none any more.");

    private static readonly RuleSpec Mutation = Gql.Known("SCHEMA_MUTATION_TYPE_CHANGED", Severity.Breaking, Side.Neither, "The entry point of mutations is another type, or there is none any more.");

    private static readonly RuleSpec Subscription = Gql.Known("SCHEMA_SUBSCRIPTION_TYPE_CHANGED", Severity.Breaking, Side.Neither, "The entry point of subscriptions is another type, or there is none any more.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Query, Mutation, Subscription];

    public static Verdict? Judge(RootPair pair)
    {
        var rule = pair.Operation switch { "query" => Query, "mutation" => Mutation, _ => Subscription };
        if (pair.Old?.Type == pair.New?.Type)
            return null;
        return pair.Old is null
            ? rule.Says($"the schema now has an entry point for {pair.Operation}, '{pair.New!.Type}'").Graded(Severity.Note)
            : rule.Says(pair.New is null ? $"the entry point for {pair.Operation}, '{pair.Old.Type}', is gone" : $"the entry point for {pair.Operation} was '{pair.Old.Type}' and is '{pair.New.Type}'");
    }
}
