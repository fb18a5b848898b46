using System.Collections.Immutable;
using Davit.Contracts.AsyncApi.Pairs;
using Davit.Contracts.Findings;
using Davit.Contracts.Rules;

namespace Davit.Contracts.AsyncApi.Rules;

/// <summary>Whoever connects to the old address finds nobody.</summary>
internal sealed class ServerChanged : IRule<ServerPartPair>
{
    public static ImmutableArray<RuleSpec> Specs => Families.Server.Specs;

    public static Verdict? Judge(ServerPartPair pair) => pair switch
    {
        { Part: ServerPart.Whole, IsAdded: true } => Families.Server.Added.Says($"the {pair.Told} is new"),
        { Part: ServerPart.Whole, IsRemoved: true } => Families.Server.Removed.Says(pair.IsLast ? $"the {pair.Told}, the last one, is gone" : $"the {pair.Told} is gone").Graded(pair.IsLast ? Severity.Breaking : Severity.Warning),
        { Part: ServerPart.Address } => Families.Server.Changed.Says($"the address is {pair.Told}"),
        { Part: ServerPart.Variable or ServerPart.VariableValue, IsAdded: true } => Families.Server.Added.Says($"{pair.Told} is new"),
        { Part: ServerPart.Variable or ServerPart.VariableValue, IsRemoved: true } => Families.Server.Removed.Says($"{pair.Told} is gone"),
        { Part: ServerPart.VariableValues, IsAdded: true } => Families.Server.Changed.Says($"{pair.Told} may no longer be anything").Graded(Severity.Warning),
        { Part: ServerPart.VariableValues, IsRemoved: true } => Families.Server.Changed.Says($"{pair.Told} may be anything now").Graded(Severity.Note),
        _ => null,
    };
}
