using System.Collections.Immutable;
using System.Globalization;
using Davit.Contracts.Findings;
using Davit.Contracts.GraphQl.Model;
using Davit.Contracts.GraphQl.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.GraphQl.Rules.Lifecycles;

/// <summary>Consumers were told, and had until the end date.</summary>
internal sealed class DeprecatedRemoved : IRule<RemovalPair>
{
    private static readonly RuleSpec Announced = Gql.Own("removed-with-deprecation", Severity.Note, Side.Neither, "Something is gone that was announced to go.");

    private static readonly RuleSpec Early = Gql.Own("removed-before-sunset", Severity.Breaking, Side.Neither, "Something is gone before the end date that was announced.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Announced, Early];

    /// <returns>The rule that tells of the removal; null when it was not announced.</returns>
    public static RuleSpec? Claim(Definition old, SchemaPair schemas) => old.Deprecation is null ? null : schemas.Today < old.Sunset ? Early : Announced;

    public static Verdict? Judge(RemovalPair pair) => Claim(pair.Old, pair.Schemas) is not { } rule ? null
        : rule == Early ? rule.Says($"the {pair.Element} is gone before its end date {pair.Old.Sunset?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}")
        : rule.Says($"the {pair.Element}, which was deprecated, is gone");
}
