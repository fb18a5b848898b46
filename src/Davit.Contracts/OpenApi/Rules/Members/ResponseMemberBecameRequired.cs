using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Members;

/// <summary>Readers can rely on the member.</summary>
internal sealed class ResponseMemberBecameRequired : IRule<MemberPair>
{
    private static readonly RuleSpec Spec = Oas.Known("response-property-became-required", Severity.Note, Side.Response, "A response always carries a member now.");

    private static readonly RuleSpec Unseen = Oas.Known("response-write-only-property-became-required", Severity.Note, Side.Response, "A write-only member, which no response carries, became required.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec, Unseen];

    public static Verdict? Judge(MemberPair member) => member is { IsKept: true, WasRequired: false, IsRequired: true } && member.Of.Scope.IsResponseBody()
        ? (member.IsUnseen ? Unseen : Spec).Says($"the response always carries '{member.Name}' now").At(member.RequiredBefore, member.RequiredNow)
        : null;
}
