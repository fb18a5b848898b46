using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Responses;

/// <summary>An answer has content or has none.</summary>
internal sealed class ResponseBodyChanged : IRule<ResponsePair>
{
    private static readonly RuleSpec Removed = Oas.Own("response-body-removed", Severity.Breaking, Side.Response, "An answer lost its content.");

    private static readonly RuleSpec Added = Oas.Own("response-body-added", Severity.Note, Side.Response, "An answer that had no content has some.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Removed, Added];

    public static Verdict? Judge(ResponsePair pair) => pair is not { Old: { } old, New: { } now } || pair.Of.IsReversed ? null
        : old.Content.Count > 0 && now.Content.Count is 0 ? Removed.Says($"{now.Status} has no content any more").At(old.Node["content"], default)
        : old.Content.Count is 0 && now.Content.Count > 0 ? Added.Says($"{now.Status} has content now").At(default, now.Node["content"])
        : null;

    /// <summary>A media type that came or went with all others of its answer.</summary>
    internal static RuleSpec? Claimant(MediaTypePair pair)
    {
        if (pair.Scope is not Scope.ResponseBody || pair.Of.IsReversed)
            return null;
        var other = (pair.Old is null ? pair.Of.Old : pair.Of.New)!.Responses.FirstOrDefault(r => r.Status == pair.Status);
        return other is not { Content.Count: 0 } ? null : pair.Old is null ? Added : Removed;
    }
}
