using System.Collections.Immutable;
using Davit.Contracts.Avro.Pairs;
using Davit.Contracts.Documents;
using Davit.Contracts.Findings;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Avro.Rules;

/// <summary>The default is what a field is read as that was not written.</summary>
internal sealed class FieldDefaultChanged : IRule<FieldPair>
{
    private static readonly RuleSpec Added = Avr.Tells("field-default-added", "A field has a default.");

    private static readonly RuleSpec Changed = Avr.ChangesMeaningOfOldData("field-default-changed", "The default of a field is another one.");

    private static readonly RuleSpec Removed = Avr.ChangesMeaningOfOldData("field-default-removed", "A field has no default any more.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Added, Changed, Removed];

    public static Verdict? Judge(FieldPair pair) => pair is not { Old.Default: var old, New.Default: var now } ? null : (old.Exists, now.Exists) switch
    {
        (false, true) => Added.Says($"the default is {now.Excerpt(1).Trim()}"),
        (true, false) => Removed.Says("the default is gone"),
        (true, true) when !NodeEquality.Same(old, now) => Changed.Says("the default is another one"),
        _ => null,
    };
}
