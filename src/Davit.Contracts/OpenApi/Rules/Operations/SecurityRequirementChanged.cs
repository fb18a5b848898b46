using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.OpenApi.Rules.Security;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Operations;

/// <summary>Callers prove who they are in another way.</summary>
internal sealed class SecurityRequirementChanged : IRule<NamePair>
{
    private static readonly RuleSpec Added = Oas.Known("api-security-added", Severity.Note, Side.Neither, "An operation can be called with another proof of identity.");

    private static readonly RuleSpec Removed = Oas.Known("api-security-removed", Severity.Note, Side.Neither, "An operation cannot be called any more with a proof of identity.");

    private static readonly RuleSpec GlobalAdded = Oas.Known("api-global-security-added", Severity.Note, Side.Neither, "All operations can be called with another proof of identity.");

    private static readonly RuleSpec GlobalRemoved = Oas.Known("api-global-security-removed", Severity.Note, Side.Neither, "No operation can be called any more with a proof of identity.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Added, Removed, GlobalAdded, GlobalRemoved];

    public static Verdict? Judge(NamePair pair) => pair is not { List: "security" } || (pair.Operation is not null && pair.Name is "") ? null
        : pair.IsAdded ? (pair.Operation is null ? GlobalAdded : Added).Says($"the requirement '{pair.Name}' was added").ClaimedBy(SecurityAlternativeChanged.Meaning)
        : pair.IsRemoved ? (pair.Operation is null ? GlobalRemoved : Removed).Says($"the requirement '{pair.Name}' was removed").ClaimedBy(SecurityAlternativeChanged.Meaning)
        : null;
}
