using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.OpenApi.Rules.Security;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Operations;

/// <summary>Callers ask for consent elsewhere.</summary>
internal sealed class OAuthAuthorizationUrlChanged : IRule<NamePair>
{
    private static readonly RuleSpec Spec = Oas.Known("api-security-component-oauth-url-changed", Severity.Note, Side.Neither, "The address for authorisation moved.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(NamePair pair) => pair is { List: "flow" } && pair.Old["authorizationUrl"].Text != pair.New["authorizationUrl"].Text ? Spec.Says($"authorisation of '{pair.Name}' moved to {pair.New["authorizationUrl"].Text}").ClaimedBy(SecurityAlternativeChanged.Meaning) : null;
}
