using System.Collections.Immutable;
using Davit.Contracts.Avro.Pairs;
using Davit.Contracts.Findings;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Avro.Rules;

/// <summary>A field that was never written takes its default.</summary>
internal sealed class FieldAdded : IRule<FieldPair>
{
    private static readonly RuleSpec Without = Avr.FailsNewReaders("field-added-without-default", "A new field has no default.");

    private static readonly RuleSpec With = Avr.Tells("field-added-with-default", "A new field has a default.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Without, With];

    public static Verdict? Judge(FieldPair pair) =>
        pair is { IsAdded: true, New: { } field } ? (field.HasUsableDefault ? With : Without).Says($"the field '{field.Name}' is new") : null;
}
