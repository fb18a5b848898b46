using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.OpenApi.Rules.Security;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Operations;

/// <summary>Callers need other rights.</summary>
internal sealed class SecurityScopeChanged : IRule<NamePair>
{
    private static readonly RuleSpec Added = Oas.Known("api-security-scope-added", Severity.Note, Side.Neither, "An operation demands another scope.");

    private static readonly RuleSpec Removed = Oas.Known("api-security-scope-removed", Severity.Note, Side.Neither, "An operation demands a scope less.");

    private static readonly RuleSpec GlobalAdded = Oas.Known("api-global-security-scope-added", Severity.Note, Side.Neither, "All operations demand another scope.");

    private static readonly RuleSpec GlobalRemoved = Oas.Known("api-global-security-scope-removed", Severity.Note, Side.Neither, "All operations demand a scope less.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Added, Removed, GlobalAdded, GlobalRemoved];

    public static Verdict? Judge(NamePair pair) => pair is not { List: "scopes" } ? null
        : pair.IsAdded ? (pair.Operation is null ? GlobalAdded : Added).Says($"the scope '{pair.Name}' is demanded now").ClaimedBy(SecurityAlternativeChanged.Meaning)
        : pair.IsRemoved ? (pair.Operation is null ? GlobalRemoved : Removed).Says($"the scope '{pair.Name}' is not demanded any more").ClaimedBy(SecurityAlternativeChanged.Meaning)
        : null;
}
