using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Members;

/// <summary>Who may write the member decides which messages carry it.</summary>
internal sealed class RequestMemberReadOnlyChanged : IRule<MemberPair>
{
    private static readonly RuleSpec OptionalBecame = Oas.Known("request-optional-property-became-read-only", Severity.Note, Side.Request, "An optional member became read-only.");

    private static readonly RuleSpec OptionalCeased = Oas.Known("request-optional-property-became-not-read-only", Severity.Note, Side.Request, "An optional member is no longer read-only.");

    private static readonly RuleSpec RequiredBecame = Oas.Known("request-required-property-became-read-only", Severity.Note, Side.Request, "A required member became read-only.");

    private static readonly RuleSpec RequiredCeased = Oas.Known("request-required-property-became-not-read-only", Severity.Note, Side.Request, "A required member is no longer read-only.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [OptionalBecame, OptionalCeased, RequiredBecame, RequiredCeased];

    public static Verdict? Judge(MemberPair member)
    {
        if (!(member.Of.Scope.IsRequest() && member.Of.Scope.IsBody()) || member is not { Old: { } old, New: { } @new } || old.Schema.IsReadOnly == @new.Schema.IsReadOnly)
            return null;
        return @new.Schema.IsReadOnly
            ? (member.WasRequired ? RequiredBecame : OptionalBecame).Says($"'{member.Name}' is read-only now").At(old.Schema.Node["readOnly"], @new.Schema.Node["readOnly"])
            : (member.WasRequired ? RequiredCeased : OptionalCeased).Says($"'{member.Name}' is not read-only any more").At(old.Schema.Node["readOnly"], @new.Schema.Node["readOnly"]);
    }
}
