using Davit.Contracts.Documents;
using Davit.Contracts.Findings;
using Davit.Contracts.Formats;
using Davit.Contracts.JsonSchemas.Deciding;
using Davit.Contracts.JsonSchemas.Pairs;
using Davit.Contracts.JsonSchemas.Rules;
using Davit.Contracts.JsonSchemas.Schemas;
using Davit.Contracts.Profiles;
using Davit.Contracts.Rules;

namespace Davit.Contracts.JsonSchemas;

/// <summary>JSON Schema in the drafts 04, 06, 07, 2019-09 and 2020-12.</summary>
internal sealed class JsonSchemaFormat : IContractFormat
{
    private static readonly string[] Others = ["openapi", "swagger", "asyncapi", "protocol"];
    private static readonly string[] Telling = ["$ref", "$defs", "definitions", "properties", "allOf", "anyOf", "oneOf"];
    private static readonly string[] Types = ["null", "boolean", "integer", "number", "string", "array", "object"];

    public string Name => "json-schema";

    public IEnumerable<RuleSpec> Rules => JsonSchemaRules.All;

    public bool Knows(string path, byte[] bytes, Node root)
    {
        if (!root.IsObject || Others.Any(o => root[o].Exists))
            return false;
        return root["$schema"].IsString || Telling.Any(t => root[t].Exists) || root["type"].IsArray || Types.Contains(root["type"].Text, StringComparer.Ordinal);
    }

    public bool MayBe(string path, byte[] bytes, Node root) => root.IsObject || root.Boolean is not null;

    public IEnumerable<Finding> Compare(ContractSource old, ContractSource @new, ComparisonOptions options, Profile profile)
    {
        var ids = new SchemaIds();
        var (before, after) = (Read(old, ids), Read(@new, ids));
        var reading = ReadingOf(profile);
        var pair = new WholePair(before, after, SchemaSubset.Decide(before, after, reading), SchemaSubset.Decide(after, before, reading));
        var sink = new ElementSink();
        sink.Judge(JsonSchemaRules.Wholes, pair, "/", before.Root.Node, after.Root.Node);
        new KeywordWalk(sink).Run(before.Root.Node, after.Root.Node);
        return profile.Judge(sink.Findings, options);
    }

    /// <summary>Registries hold formats to be binding; the lenient one also holds senders to the members that they declare.</summary>
    private static SchemaReading ReadingOf(Profile profile) => profile.Name switch
    {
        "registry-strict" => SchemaReading.Strict with { AssertsMeanings = true },
        "registry-lenient" => SchemaReading.Lenient with { AssertsMeanings = true },
        _ => SchemaReading.Strict,
    };

    private static SchemaLoader Read(ContractSource source, SchemaIds ids)
    {
        var files = new FileSet(source);
        return SchemaLoader.Read(files.Open(source.Path).Root, ids, files);
    }
}
