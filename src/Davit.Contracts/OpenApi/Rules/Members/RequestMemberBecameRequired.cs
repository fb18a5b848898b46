using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Members;

/// <summary>Callers that leave it out are refused from now on.</summary>
internal sealed class RequestMemberBecameRequired : IRule<MemberPair>
{
    private static readonly RuleSpec Spec = Oas.Known("request-property-became-required", Severity.Breaking, Side.Request, "A member of a request must be sent now.");

    private static readonly RuleSpec WithDefault = Oas.Known("request-property-became-required-with-default", Severity.Breaking, Side.Request, "A member of a request that has a default must be sent now.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec, WithDefault];

    public static Verdict? Judge(MemberPair member)
    {
        if (member is not { IsKept: true, IsUnseen: false, WasRequired: false, IsRequired: true } || !member.Of.Scope.IsBody() || !member.Of.Scope.IsRequest())
            return null;
        return (member.Schema.Default.Exists ? WithDefault : Spec).Says($"'{member.Name}' must be sent now").At(member.RequiredBefore, member.RequiredNow);
    }
}
