using System.Collections.Immutable;
using Davit.Contracts.AsyncApi.Pairs;
using Davit.Contracts.Findings;
using Davit.Contracts.Rules;

namespace Davit.Contracts.AsyncApi.Rules;

/// <summary>Messages that name no content type are written otherwise.</summary>
internal sealed class DefaultContentTypeChanged : IRule<DefaultContentTypePair>
{
    public static ImmutableArray<RuleSpec> Specs => Families.DefaultContentType.Specs;

    public static Verdict? Judge(DefaultContentTypePair pair)
    {
        if (pair is { Differs: false, IsKept: true })
            return null;
        var level = pair.IsUsed ? Severity.Breaking : Severity.Note;
        var (rule, text) = pair switch
        {
            { IsAdded: true } => (Families.DefaultContentType.Added, $"what names no content type is {pair.New.Scalar} now"),
            { IsRemoved: true } => (Families.DefaultContentType.Removed, $"what names no content type is no longer said to be {pair.Old.Scalar}"),
            _ => (Families.DefaultContentType.Changed, $"what names no content type is {pair.New.Scalar} now, not {pair.Old.Scalar}"),
        };
        return rule.Says(pair.IsUsed ? text : text + "; every message names its own").Graded(level);
    }
}
