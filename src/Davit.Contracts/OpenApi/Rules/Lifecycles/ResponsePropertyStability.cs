using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Model;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Lifecycles;

/// <summary>Less is promised than before, or more.</summary>
internal sealed class ResponsePropertyStability : IRule<SchemaPair>
{
    private static readonly RuleSpec Decreased = Oas.Known("response-property-stability-decreased", Severity.Breaking, Side.Response, "A member is less stable.");

    private static readonly RuleSpec Increased = Oas.Known("response-property-stability-increased", Severity.Note, Side.Response, "A member is more stable.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Decreased, Increased];

    public static Verdict? Judge(SchemaPair pair)
    {
        if (!pair.Scope.IsMember() || !(!pair.Scope.IsRequest()))
            return null;
        return Stability.Judge(new Lifecycle(pair.Old.Node), new Lifecycle(pair.New.Node), pair.Operation.Of.Settings, Decreased, Increased, "the member");
    }
}
