using System.Collections.Immutable;
using Davit.Contracts.AsyncApi.Pairs;
using Davit.Contracts.Findings;
using Davit.Contracts.Rules;

namespace Davit.Contracts.AsyncApi.Rules;

/// <summary>Whoever knows the application by its identifier no longer finds it. In version 2 nobody does.</summary>
internal sealed class IdChanged : IRule<ValuePair>
{
    public static ImmutableArray<RuleSpec> Specs => Families.Id.Specs;

    public static Verdict? Judge(ValuePair pair) => pair switch
    {
        { IsAdded: true } => Families.Id.Added.Says($"the application is called {pair.New.Scalar} now"),
        { IsRemoved: true } => Families.Id.Removed.Says("the application has no identifier any more").Graded(Level(pair)),
        { Differs: true } => Families.Id.Changed.Says($"the application is called {pair.New.Scalar} now, not {pair.Old.Scalar}").Graded(Level(pair)),
        _ => null,
    };

    private static Severity Level(ValuePair pair) => pair.Old.Document.Root["asyncapi"].Scalar is ['3', ..] ? Severity.Breaking : Severity.Note;
}
