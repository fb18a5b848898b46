using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Responses;

/// <summary>The default stands for every status that is not named.</summary>
internal sealed class ResponseDefaultChanged : IRule<ResponsePair>
{
    private static readonly RuleSpec Added = Oas.Own("response-default-added", Severity.Note, Side.Response, "An answer for all other statuses was described.");

    private static readonly RuleSpec Removed = Oas.Own("response-default-removed", Severity.Warning, Side.Response, "The answer for all other statuses is not described any more.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Added, Removed];

    public static Verdict? Judge(ResponsePair pair) => pair is { Old: null, New.Status: "default" } ? Added.Says("the default answer was added")
        : pair is { New: null, Old.Status: "default" } ? Removed.Says("the default answer is gone")
        : null;
}
