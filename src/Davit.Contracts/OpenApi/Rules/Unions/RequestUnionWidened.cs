using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Unions;

/// <summary>An alternative of a request is none of those that were; other rules tell whether that breaks.</summary>
internal sealed class RequestUnionWidened : IRule<SchemaPair>
{
    private static readonly RuleSpec Spec = new("oas-request-union-widened", Severity.Note, Side.Request, "A request has an alternative that fits none of the old ones. Only the profile `optic` looks for it.", new RuleAlias("optic", "prevent expanded in request union types", Severity.Breaking));

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(SchemaPair pair) => pair is { IsUnion: true, Scope: Scope.RequestBody or Scope.RequestProperty or Scope.RequestReadOnlyProperty } && !new UnionFit(isRequest: true).Fits(pair.Old, pair.New)
        ? Spec.Says("an alternative fits none of those that were") : null;
}
