using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Members;

/// <summary>Who may write the member decides which messages carry it.</summary>
internal sealed class ResponseMemberWriteOnlyChanged : IRule<MemberPair>
{
    private static readonly RuleSpec OptionalBecame = Oas.Known("response-optional-property-became-write-only", Severity.Note, Side.Response, "An optional member became write-only.");

    private static readonly RuleSpec OptionalCeased = Oas.Known("response-optional-property-became-not-write-only", Severity.Note, Side.Response, "An optional member is no longer write-only.");

    private static readonly RuleSpec RequiredBecame = Oas.Known("response-required-property-became-write-only", Severity.Note, Side.Response, "A required member became write-only.");

    private static readonly RuleSpec RequiredCeased = Oas.Known("response-required-property-became-not-write-only", Severity.Warning, Side.Response, "A required member is no longer write-only.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [OptionalBecame, OptionalCeased, RequiredBecame, RequiredCeased];

    public static Verdict? Judge(MemberPair member)
    {
        if (!(member.Of.Scope.IsResponseBody()) || member is not { Old: { } old, New: { } @new } || old.Schema.IsWriteOnly == @new.Schema.IsWriteOnly)
            return null;
        return @new.Schema.IsWriteOnly
            ? (member.WasRequired ? RequiredBecame : OptionalBecame).Says($"'{member.Name}' is write-only now").At(old.Schema.Node["writeOnly"], @new.Schema.Node["writeOnly"])
            : (member.WasRequired ? RequiredCeased : OptionalCeased).Says($"'{member.Name}' is not write-only any more").At(old.Schema.Node["writeOnly"], @new.Schema.Node["writeOnly"]);
    }
}
