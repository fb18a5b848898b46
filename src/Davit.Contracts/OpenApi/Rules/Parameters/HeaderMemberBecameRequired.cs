using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Parameters;

/// <summary>Callers that leave it out are refused from now on.</summary>
internal sealed class HeaderMemberBecameRequired : IRule<MemberPair>
{
    private static readonly RuleSpec Spec = Oas.Known("request-header-property-became-required", Severity.Breaking, Side.Request, "A member of an object in a request header must be sent now.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(MemberPair member) => member is { IsKept: true, WasRequired: false, IsRequired: true } && member.Of.IsRequestHeader ? Spec.Says($"'{member.Name}' must be sent now") : null;
}
