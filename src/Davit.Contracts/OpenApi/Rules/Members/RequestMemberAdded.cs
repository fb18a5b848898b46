using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Members;

/// <summary>A member that must be sent is missing in what callers send today.</summary>
internal sealed class RequestMemberAdded : IRule<MemberPair>
{
    private static readonly RuleSpec Optional = Oas.Known("new-optional-request-property", Severity.Note, Side.Request, "An optional member was added to a request.");

    private static readonly RuleSpec Required = Oas.Known("new-required-request-property", Severity.Breaking, Side.Request, "A member that must be sent was added to a request.");

    private static readonly RuleSpec RequiredWithDefault = Oas.Known("new-required-request-property-with-default", Severity.Breaking, Side.Request, "A member that must be sent was added to a request, with a default.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Optional, Required, RequiredWithDefault];

    public static Verdict? Judge(MemberPair member)
    {
        if (member is not { IsAdded: true, IsUnseen: false } || !member.Of.Scope.IsRequest() || !member.Of.Scope.IsBody())
            return null;
        if (!member.IsRequired)
            return Optional.Says($"'{member.Name}' may be sent now");
        return member.Schema.Default.Exists
            ? RequiredWithDefault.Says($"'{member.Name}' must be sent now, although it has a default")
            : Required.Says($"'{member.Name}' must be sent now");
    }
}
