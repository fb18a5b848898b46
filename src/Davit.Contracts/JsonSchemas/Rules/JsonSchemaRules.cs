using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.JsonSchemas.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.JsonSchemas.Rules;

/// <summary>The table of contents of every rule about JSON Schema. A rule that is not listed does not run, and a test says so.</summary>
internal static class JsonSchemaRules
{
    public static ImmutableArray<Rule<WholePair>> Wholes { get; } =
    [
        Rule<WholePair>.Of<SchemaNarrowed>(),
        Rule<WholePair>.Of<SchemaWidened>(),
        Rule<WholePair>.Of<SchemaUndecided>(),
        Rule<WholePair>.Of<DialectChanged>(),
    ];

    public static ImmutableArray<Rule<KeywordPair>> Keywords { get; } =
    [
        Rule<KeywordPair>.Of<FormatChanged>(),
        Rule<KeywordPair>.Of<ContentChanged>(),
        Rule<KeywordPair>.Of<IdChanged>(),
    ];

    public static IEnumerable<RuleSpec> All =>
    [
        .. Wholes.SelectMany(r => r.Specs),
        .. Keywords.SelectMany(r => r.Specs),
    ];
}
