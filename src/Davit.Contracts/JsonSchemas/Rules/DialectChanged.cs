using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.JsonSchemas.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.JsonSchemas.Rules;

/// <summary>Meaning is compared after both were brought to one form.</summary>
internal sealed class DialectChanged : IRule<WholePair>
{
    private static readonly RuleSpec Spec = Js.Spec("dialect-changed", Severity.Note, Severity.Note, "The schema is written in another draft.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(WholePair pair) =>
        pair.Old.Dialect == pair.New.Dialect ? null : Spec.Says($"the dialect went from {pair.Old.Dialect} to {pair.New.Dialect}");
}
