using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Members;

/// <summary>The provider ignores what callers send today.</summary>
internal sealed class RequestMemberRemoved : IRule<MemberPair>
{
    private static readonly RuleSpec Spec = Oas.Known("request-property-removed", Severity.Warning, Side.Request, "A member is gone from a request.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(MemberPair member) => member is { IsRemoved: true, IsUnseen: false } && member.Of.Scope.IsRequest() && member.Of.Scope.IsBody() && !member.HasMoved
        ? Spec.Says($"'{member.Name}' is gone from the request")
        : null;
}
