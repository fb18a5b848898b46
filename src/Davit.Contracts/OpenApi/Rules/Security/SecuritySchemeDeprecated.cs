using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Security;

/// <summary>Callers should use another one.</summary>
internal sealed class SecuritySchemeDeprecated : IRule<SchemePair>
{
    private static readonly RuleSpec Spec = Oas.Own("security-scheme-deprecated", Severity.Note, Side.Neither, "A security scheme was marked as deprecated.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(SchemePair pair) => pair.New["deprecated"].Boolean is true && pair.Old["deprecated"].Boolean is not true ? Spec.Says($"the security scheme '{pair.Name}' is deprecated now").At(pair.Old["deprecated"], pair.New["deprecated"]) : null;
}
