using System.Collections.Immutable;
using Davit.Contracts.Avro.Pairs;
using Davit.Contracts.Findings;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Avro.Rules;

/// <summary>Named types are read by their names, and by the aliases that the reader has.</summary>
internal sealed class NameChanged : IRule<TypePair>
{
    private static readonly RuleSpec Changed = Avr.Fails("name-changed", "A type has another name and no alias.");

    private static readonly RuleSpec WithAlias = Avr.FailsOldReaders("name-changed-with-alias", "A type has another name, and the old one is its alias.");

    private static readonly RuleSpec ToAlias = Avr.FailsNewReaders("name-changed-to-alias", "A type has a name that was an alias of it before.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Changed, WithAlias, ToAlias];

    public static Verdict? Judge(TypePair pair)
    {
        if (!pair.IsNamed || pair.IsMoved)
            return null;
        var rule = pair.NewKnowsOldName ? WithAlias : pair.OldKnowsNewName ? ToAlias : Changed;
        return rule.Says($"the type {pair.Old.Name.Full} is now named {pair.New.Name.Full}");
    }
}
