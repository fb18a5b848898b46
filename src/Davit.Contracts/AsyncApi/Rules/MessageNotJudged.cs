using System.Collections.Immutable;
using Davit.Contracts.AsyncApi.Model;
using Davit.Contracts.AsyncApi.Pairs;
using Davit.Contracts.Documents;
using Davit.Contracts.Findings;
using Davit.Contracts.Rules;

namespace Davit.Contracts.AsyncApi.Rules;

/// <summary>The language of the schema is not read here, so that a difference can only be told.</summary>
internal sealed class MessageNotJudged : IRule<MessageSchemaPair>
{
    private static readonly RuleSpec NotJudged = new("aas-payload-not-judged", Severity.Warning, Side.Neither, "A payload differs that is described in a language which is not judged.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [NotJudged];

    public static Verdict? Judge(MessageSchemaPair pair) => pair is { IsAdded: false, IsRemoved: false, New.Language: SchemaLanguage.Other or SchemaLanguage.Avro } && !NodeEquality.Same(pair.Old.Schema, pair.New.Schema)
        ? NotJudged.Says($"the payload is described otherwise, in {pair.New.Format}, which is not judged") : null;
}
