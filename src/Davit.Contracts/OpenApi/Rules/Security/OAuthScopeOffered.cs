using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Security;

/// <summary>Callers that ask for the scope get no token.</summary>
internal sealed class OAuthScopeOffered : IRule<NamePair>
{
    private static readonly RuleSpec Removed = Oas.Own("oauth-scope-removed", Severity.Breaking, Side.Neither, "A scope cannot be asked for any more.");

    private static readonly RuleSpec Added = Oas.Own("oauth-scope-added", Severity.Note, Side.Neither, "A scope can be asked for.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Removed, Added];

    public static Verdict? Judge(NamePair pair) => pair is not { List: "offeredScopes" } ? null
        : pair.IsRemoved ? Removed.Says($"the scope '{pair.Name}' cannot be asked for any more")
        : pair.IsAdded ? Added.Says($"the scope '{pair.Name}' can be asked for now")
        : null;
}
