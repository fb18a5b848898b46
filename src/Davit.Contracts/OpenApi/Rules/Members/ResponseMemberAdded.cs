using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Members;

/// <summary>Readers see a member that they did not know.</summary>
internal sealed class ResponseMemberAdded : IRule<MemberPair>
{
    private static readonly RuleSpec Optional = Oas.Known("response-optional-property-added", Severity.Note, Side.Response, "A response may carry another member.");

    private static readonly RuleSpec OptionalUnseen = Oas.Known("response-optional-write-only-property-added", Severity.Note, Side.Response, "A write-only member was added, which no response carries.");

    private static readonly RuleSpec Required = Oas.Known("response-required-property-added", Severity.Note, Side.Response, "A response always carries another member.");

    private static readonly RuleSpec RequiredUnseen = Oas.Known("response-required-write-only-property-added", Severity.Note, Side.Response, "A required write-only member was added, which no response carries.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Optional, OptionalUnseen, Required, RequiredUnseen];

    public static Verdict? Judge(MemberPair member)
    {
        if (!member.IsAdded || !member.Of.Scope.IsResponseBody())
            return null;
        return (member.IsRequired ? (member.IsUnseen ? RequiredUnseen : Required) : (member.IsUnseen ? OptionalUnseen : Optional)).Says($"'{member.Name}' was added to the response");
    }
}
