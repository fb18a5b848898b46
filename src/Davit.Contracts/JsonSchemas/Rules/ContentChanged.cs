using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.JsonSchemas.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.JsonSchemas.Rules;

/// <summary>The text is decoded as something else.</summary>
internal sealed class ContentChanged : IRule<KeywordPair>
{
    private static readonly RuleSpec Encoding = Js.Spec("content-encoding-changed", Severity.Breaking, Severity.Breaking, "The text is encoded in another way.");

    private static readonly RuleSpec MediaType = Js.Spec("content-media-type-changed", Severity.Breaking, Severity.Breaking, "The text holds another kind of content.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Encoding, MediaType];

    public static Verdict? Judge(KeywordPair pair) => pair switch
    {
        { Name: "contentEncoding", IsChanged: true } => Encoding.Says($"the encoding went from {pair.Old.Scalar} to {pair.New.Scalar}"),
        { Name: "contentMediaType", IsChanged: true } => MediaType.Says($"the content went from {pair.Old.Scalar} to {pair.New.Scalar}"),
        _ => null,
    };
}
