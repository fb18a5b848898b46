using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Members;

/// <summary>Readers may rely on the member.</summary>
internal sealed class ResponseMemberRemoved : IRule<MemberPair>
{
    private static readonly RuleSpec Optional = Oas.Known("response-optional-property-removed", Severity.Warning, Side.Response, "A member that a response might carry is gone.");

    private static readonly RuleSpec OptionalUnseen = Oas.Known("response-optional-write-only-property-removed", Severity.Note, Side.Response, "A write-only member is gone, which no response carried.");

    private static readonly RuleSpec Required = Oas.Known("response-required-property-removed", Severity.Breaking, Side.Response, "A member that every response carried is gone.");

    private static readonly RuleSpec RequiredUnseen = Oas.Known("response-required-write-only-property-removed", Severity.Note, Side.Response, "A required write-only member is gone, which no response carried.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Optional, OptionalUnseen, Required, RequiredUnseen];

    public static Verdict? Judge(MemberPair member)
    {
        if (!member.IsRemoved || !member.Of.Scope.IsResponseBody() || member.HasMoved)
            return null;
        return (member.WasRequired ? (member.IsUnseen ? RequiredUnseen : Required) : (member.IsUnseen ? OptionalUnseen : Optional)).Says($"'{member.Name}' is gone from the response");
    }
}
