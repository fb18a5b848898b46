using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Parameters;

/// <summary>Callers do not send it today.</summary>
internal sealed class HeaderMemberAdded : IRule<MemberPair>
{
    private static readonly RuleSpec Spec = Oas.Known("new-required-request-header-property", Severity.Breaking, Side.Request, "A member that must be sent was added to an object in a request header.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(MemberPair member) => member is { IsAdded: true, IsRequired: true } && member.Of.IsRequestHeader ? Spec.Says($"'{member.Name}' must be sent now") : null;
}
