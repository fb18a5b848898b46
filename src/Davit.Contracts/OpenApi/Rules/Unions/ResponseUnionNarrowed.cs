using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Unions;

/// <summary>An alternative of a response is none of those that are; other rules tell whether that breaks.</summary>
internal sealed class ResponseUnionNarrowed : IRule<SchemaPair>
{
    private static readonly RuleSpec Spec = new("oas-response-union-narrowed", Severity.Note, Side.Response, "An alternative of a response fits none of the new ones. Only the profile `optic` looks for it.", new RuleAlias("optic", "prevent narrowing in response union types", Severity.Breaking));

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(SchemaPair pair) => pair is { IsUnion: true, Scope: Scope.ResponseBody or Scope.ResponseProperty or Scope.ResponseWriteOnlyProperty } && !new UnionFit(isRequest: false).Fits(pair.Old, pair.New)
        ? Spec.Says("an alternative that was fits none of those that are") : null;
}
