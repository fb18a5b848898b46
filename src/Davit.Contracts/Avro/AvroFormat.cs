using Davit.Contracts.Avro.Rules;
using Davit.Contracts.Avro.Schemas;
using Davit.Contracts.Avro.Walk;
using Davit.Contracts.Documents;
using Davit.Contracts.Findings;
using Davit.Contracts.Formats;
using Davit.Contracts.Profiles;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Avro;

/// <summary>Avro schemas and the types of Avro protocols, as the specification 1.11 reads them.</summary>
internal sealed class AvroFormat : IContractFormat
{
    public string Name => "avro";

    public IEnumerable<RuleSpec> Rules => AvroRules.All;

    public bool Knows(string path, byte[] bytes, Node root) =>
        (root["type"].Text is "record" or "error" or "enum" or "fixed" && root["name"].IsString) || root["protocol"].IsString;

    public bool MayBe(string path, byte[] bytes, Node root) => root.Exists;

    public IEnumerable<Finding> Compare(ContractSource old, ContractSource @new, ComparisonOptions options, Profile profile)
    {
        var sink = new ElementSink();
        new AvroWalk(sink).Run(Read(old), Read(@new));
        return profile.Judge(sink.Findings, options);
    }

    private static IReadOnlyList<AvroType> Read(ContractSource source) => AvroSchemaReader.ReadAll(new FileSet(source).Open(source.Path).Root);
}
