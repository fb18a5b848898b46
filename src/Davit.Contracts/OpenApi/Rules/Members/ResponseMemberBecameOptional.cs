using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Members;

/// <summary>Readers that rely on the member may miss it.</summary>
internal sealed class ResponseMemberBecameOptional : IRule<MemberPair>
{
    private static readonly RuleSpec Spec = Oas.Known("response-property-became-optional", Severity.Breaking, Side.Response, "A response need not carry a member any more.");

    private static readonly RuleSpec Unseen = Oas.Known("response-write-only-property-became-optional", Severity.Note, Side.Response, "A write-only member, which no response carries, became optional.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec, Unseen];

    public static Verdict? Judge(MemberPair member) => member is { IsKept: true, WasRequired: true, IsRequired: false } && member.Of.Scope.IsResponseBody()
        ? (member.IsUnseen ? Unseen : Spec).Says($"the response need not carry '{member.Name}' any more").At(member.RequiredBefore, member.RequiredNow)
        : null;
}
