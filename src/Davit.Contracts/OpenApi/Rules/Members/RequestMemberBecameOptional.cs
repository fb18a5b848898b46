using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Members;

/// <summary>Callers need not send it any more.</summary>
internal sealed class RequestMemberBecameOptional : IRule<MemberPair>
{
    private static readonly RuleSpec Spec = Oas.Known("request-property-became-optional", Severity.Note, Side.Request, "A member of a request may be left out now.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(MemberPair member) => member is { IsKept: true, IsUnseen: false, WasRequired: true, IsRequired: false } && member.Of.Scope.IsRequest() && member.Of.Scope.IsBody()
        ? Spec.Says($"'{member.Name}' may be left out now").At(member.RequiredBefore, member.RequiredNow)
        : null;
}
