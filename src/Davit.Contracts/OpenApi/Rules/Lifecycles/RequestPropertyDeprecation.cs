using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Model;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Lifecycles;

/// <summary>Consumers must stop to use it, and should know until when.</summary>
internal sealed class RequestPropertyDeprecation : IRule<SchemaPair>
{
    private static readonly RuleSpec Deprecated = Oas.Known("request-property-deprecated", Severity.Note, Side.Request, "A member was marked as deprecated.");

    private static readonly RuleSpec WithSunset = Oas.Known("request-property-deprecated-with-sunset", Severity.Note, Side.Request, "A member was marked as deprecated, with an end date.");

    private static readonly RuleSpec SunsetMissing = Oas.Known("request-property-deprecated-sunset-missing", Severity.Breaking, Side.Request, "A member was marked as deprecated without the end date that policy demands.");

    private static readonly RuleSpec SunsetInvalid = Oas.Known("request-property-deprecated-sunset-invalid", Severity.Breaking, Side.Request, "A member was marked as deprecated with an end date that cannot be read.");

    private static readonly RuleSpec SunsetTooSmall = Oas.Known("request-property-sunset-date-too-small", Severity.Breaking, Side.Request, "A member was marked as deprecated with an end date nearer than the notice period.");

    private static readonly RuleSpec Reactivated = Oas.Known("request-property-reactivated", Severity.Note, Side.Request, "A member is no longer deprecated.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Deprecated, WithSunset, SunsetMissing, SunsetInvalid, SunsetTooSmall, Reactivated];

    public static Verdict? Judge(SchemaPair pair)
    {
        if (!pair.Scope.IsMember() || !(pair.Scope.IsRequest()) || pair.Old.IsDeprecated == pair.New.IsDeprecated)
            return null;
        return Deprecation.Judge(new Lifecycle(pair.Old.Node), new Lifecycle(pair.New.Node), pair.Operation, new Deprecation.Specs(Deprecated, WithSunset, SunsetMissing, SunsetInvalid, SunsetTooSmall, Reactivated), "the member");
    }
}
