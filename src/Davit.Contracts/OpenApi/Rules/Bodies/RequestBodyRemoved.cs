using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Bodies;

/// <summary>The provider ignores what callers send today.</summary>
internal sealed class RequestBodyRemoved : IRule<BodyPair>
{
    private static readonly RuleSpec Spec = Oas.Known("request-body-removed", Severity.Breaking, Side.Request, "The body of a request is gone.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(BodyPair pair) => pair is { Old: not null, New: null } ? Spec.Says("the request has no body any more") : null;
}
