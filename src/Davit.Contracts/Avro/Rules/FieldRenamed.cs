using System.Collections.Immutable;
using Davit.Contracts.Avro.Pairs;
using Davit.Contracts.Findings;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Avro.Rules;

/// <summary>Fields are read by their names, and by the aliases that the reader has.</summary>
internal sealed class FieldRenamed : IRule<FieldPair>
{
    private static readonly RuleSpec Renamed = Avr.Fails("field-renamed", "A field has another name and no alias.");

    private static readonly RuleSpec WithAlias = Avr.FailsOldReaders("field-renamed-with-alias", "A field has another name, and the old one is its alias.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Renamed, WithAlias];

    public static Verdict? Judge(FieldPair pair) =>
        pair is { Old: { } old, New: { } now } && old.Name != now.Name ? (pair.IsRename ? Renamed : WithAlias).Says($"the field '{old.Name}' is now named '{now.Name}'") : null;
}
