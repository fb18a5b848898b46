using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.OpenApi.Rules.Security;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Operations;

/// <summary>Callers get their tokens elsewhere.</summary>
internal sealed class OAuthTokenUrlChanged : IRule<NamePair>
{
    private static readonly RuleSpec Spec = Oas.Known("api-security-component-oauth-token-url-changed", Severity.Note, Side.Neither, "The address for tokens moved.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(NamePair pair) => pair is { List: "flow" } && pair.Old["tokenUrl"].Text != pair.New["tokenUrl"].Text ? Spec.Says($"tokens of '{pair.Name}' come from {pair.New["tokenUrl"].Text} now").ClaimedBy(SecurityAlternativeChanged.Meaning) : null;
}
