using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.JsonSchemas.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.JsonSchemas.Rules;

/// <summary>A format annotates and refuses nothing, unless readers choose to assert it.</summary>
internal sealed class FormatChanged : IRule<KeywordPair>
{
    private static readonly RuleSpec Added = Js.Spec("format-added", Severity.Note, Severity.Note, "A format is declared.");

    private static readonly RuleSpec Changed = Js.Spec("format-changed", Severity.Note, Severity.Note, "Another format is declared.");

    private static readonly RuleSpec Removed = Js.Spec("format-removed", Severity.Note, Severity.Note, "A format is no longer declared.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Added, Changed, Removed];

    public static Verdict? Judge(KeywordPair pair) => pair switch
    {
        { Name: not "format" } => null,
        { IsAdded: true } => Added.Says($"the format {pair.New.Scalar} is declared"),
        { IsRemoved: true } => Removed.Says($"the format {pair.Old.Scalar} is no longer declared"),
        { IsChanged: true } => Changed.Says($"the format went from {pair.Old.Scalar} to {pair.New.Scalar}"),
        _ => null,
    };
}
