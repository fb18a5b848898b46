using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.OpenApi.Rules.Security;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Operations;

/// <summary>Callers prove who they are in another way.</summary>
internal sealed class SecuritySchemeChanged : IRule<NamePair>
{
    private static readonly RuleSpec Added = Oas.Known("api-security-component-added", Severity.Note, Side.Neither, "A security scheme was defined.");

    private static readonly RuleSpec Removed = Oas.Known("api-security-component-removed", Severity.Note, Side.Neither, "A security scheme is gone.");

    private static readonly RuleSpec Type = Oas.Known("api-security-component-type-changed", Severity.Note, Side.Neither, "A security scheme has another type.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Added, Removed, Type];

    public static Verdict? Judge(NamePair pair) => pair is not { List: "securitySchemes" } ? null
        : pair.IsAdded ? Added.Says($"the security scheme '{pair.Name}' was defined").ClaimedBy(SecurityAlternativeChanged.Meaning)
        : pair.IsRemoved ? Removed.Says($"the security scheme '{pair.Name}' is gone").ClaimedBy(SecurityAlternativeChanged.Meaning)
        : pair.Old["type"].Text != pair.New["type"].Text ? Type.Says($"the security scheme '{pair.Name}' is of the type {pair.New["type"].Text} now, not {pair.Old["type"].Text}").ClaimedBy(SecurityAlternativeChanged.Meaning)
        : null;
}
