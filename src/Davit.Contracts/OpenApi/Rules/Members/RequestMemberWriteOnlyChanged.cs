using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Members;

/// <summary>Who may write the member decides which messages carry it.</summary>
internal sealed class RequestMemberWriteOnlyChanged : IRule<MemberPair>
{
    private static readonly RuleSpec OptionalBecame = Oas.Known("request-optional-property-became-write-only", Severity.Note, Side.Request, "An optional member became write-only.");

    private static readonly RuleSpec OptionalCeased = Oas.Known("request-optional-property-became-not-write-only", Severity.Note, Side.Request, "An optional member is no longer write-only.");

    private static readonly RuleSpec RequiredBecame = Oas.Known("request-required-property-became-write-only", Severity.Note, Side.Request, "A required member became write-only.");

    private static readonly RuleSpec RequiredCeased = Oas.Known("request-required-property-became-not-write-only", Severity.Note, Side.Request, "A required member is no longer write-only.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [OptionalBecame, OptionalCeased, RequiredBecame, RequiredCeased];

    public static Verdict? Judge(MemberPair member)
    {
        if (!(member.Of.Scope.IsRequest() && member.Of.Scope.IsBody()) || member is not { Old: { } old, New: { } @new } || old.Schema.IsWriteOnly == @new.Schema.IsWriteOnly)
            return null;
        return @new.Schema.IsWriteOnly
            ? (member.WasRequired ? RequiredBecame : OptionalBecame).Says($"'{member.Name}' is write-only now").At(old.Schema.Node["writeOnly"], @new.Schema.Node["writeOnly"])
            : (member.WasRequired ? RequiredCeased : OptionalCeased).Says($"'{member.Name}' is not write-only any more").At(old.Schema.Node["writeOnly"], @new.Schema.Node["writeOnly"]);
    }
}
