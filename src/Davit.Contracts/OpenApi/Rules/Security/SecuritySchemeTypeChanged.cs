using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Security;

/// <summary>Callers prove who they are in a way that is not looked for.</summary>
internal sealed class SecuritySchemeTypeChanged : IRule<SchemePair>
{
    private static readonly RuleSpec Spec = Oas.Own("security-scheme-type-changed", Severity.Breaking, Side.Neither, "A security scheme is of another type.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(SchemePair pair) => pair.Differs("type")
        ? Spec.Says($"the security scheme '{pair.Name}' is of the type {pair.New["type"].Text} now, not {pair.Old["type"].Text}").At(pair.Old["type"], pair.New["type"])
        : null;
}
