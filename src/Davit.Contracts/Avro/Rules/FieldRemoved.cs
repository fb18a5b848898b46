using System.Collections.Immutable;
using Davit.Contracts.Avro.Pairs;
using Davit.Contracts.Findings;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Avro.Rules;

/// <summary>Old readers that have a default do without the field.</summary>
internal sealed class FieldRemoved : IRule<FieldPair>
{
    private static readonly RuleSpec Without = Avr.FailsOldReaders("field-removed-without-default", "A field is gone that old readers need.");

    private static readonly RuleSpec With = Avr.Tells("field-removed-with-default", "A field is gone that has a default in old readers.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Without, With];

    public static Verdict? Judge(FieldPair pair) =>
        pair is { IsRemoved: true, Old: { } field } ? (field.HasUsableDefault ? With : Without).Says($"the field '{field.Name}' is gone") : null;
}
