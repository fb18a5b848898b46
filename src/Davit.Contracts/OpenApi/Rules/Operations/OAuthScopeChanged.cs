using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.OpenApi.Rules.Security;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Operations;

/// <summary>Callers can ask for other rights.</summary>
internal sealed class OAuthScopeChanged : IRule<NamePair>
{
    private static readonly RuleSpec Added = Oas.Known("api-security-component-oauth-scope-added", Severity.Note, Side.Neither, "A flow offers another scope.");

    private static readonly RuleSpec Removed = Oas.Known("api-security-component-oauth-scope-removed", Severity.Note, Side.Neither, "A flow offers a scope less.");

    private static readonly RuleSpec Changed = Oas.Known("api-security-component-oauth-scope-changed", Severity.Note, Side.Neither, "A scope has another description.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Added, Removed, Changed];

    public static Verdict? Judge(NamePair pair) => pair is not { List: "flowScopes" } ? null
        : pair.IsAdded ? Added.Says($"the scope '{pair.Name}' is offered now").ClaimedBy(SecurityAlternativeChanged.Meaning)
        : pair.IsRemoved ? Removed.Says($"the scope '{pair.Name}' is not offered any more").ClaimedBy(SecurityAlternativeChanged.Meaning)
        : pair.Old.Text != pair.New.Text ? Changed.Says($"the scope '{pair.Name}' is described differently")
        : null;
}
