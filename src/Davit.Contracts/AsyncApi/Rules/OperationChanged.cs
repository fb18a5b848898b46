using System.Collections.Immutable;
using Davit.Contracts.AsyncApi.Pairs;
using Davit.Contracts.Findings;
using Davit.Contracts.Rules;

namespace Davit.Contracts.AsyncApi.Rules;

/// <summary>Whoever takes part in the operation finds that it is gone or another one.</summary>
internal sealed class OperationChanged : IRule<OperationPartPair>
{
    public static ImmutableArray<RuleSpec> Specs => Families.Operation.Specs;

    public static Verdict? Judge(OperationPartPair pair) => pair switch
    {
        { Part: OperationPart.Whole, IsAdded: true } => Families.Operation.Added.Says($"the {pair.Told} is new"),
        { Part: OperationPart.Whole, IsRemoved: true } => Families.Operation.Removed.Says($"the {pair.Told} is gone"),
        { Part: OperationPart.Id } => Families.Operation.Changed.Says($"the operation is called {pair.Told}"),
        { Part: OperationPart.Action } => Families.Operation.Changed.Says($"the application {pair.Told}"),
        { Part: OperationPart.Channel } => Families.Operation.Changed.Says($"the operation uses the channel {pair.Told}"),
        _ => null,
    };
}
