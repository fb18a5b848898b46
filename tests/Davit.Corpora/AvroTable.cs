using System.Text;
using System.Text.Json;
using Davit.Contracts.Avro.Resolution;
using Davit.Contracts.Avro.Schemas;
using Davit.Contracts.Documents;

namespace Davit.Corpora;

/// <summary>Pairs of Avro schemas: whether one reads what the other writes.</summary>
internal sealed class AvroTable : ITable
{
    public string Name => "avro-avsc";

    public string Folder => "avro-avsc";

    public IEnumerable<Outcome> Run(string folder)
    {
        using var cases = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "cases.json")));
        foreach (var one in cases.RootElement.EnumerateArray())
            yield return new Outcome(one.GetProperty("name").GetString()!, Miss(one));
    }

    public static AvroType Read(JsonElement schema) => AvroSchemaReader.ReadAll(DocumentReader.Read("schema.avsc", Encoding.UTF8.GetBytes(schema.GetRawText())).Root)[0];

    private static string? Miss(JsonElement one)
    {
        var misfit = AvroResolution.Read(Read(one.GetProperty("writer")), Read(one.GetProperty("reader")));
        var expected = one.GetProperty("reader_can_read_writer").GetBoolean();
        return (misfit is null) == expected ? null : $"expected {expected}: {misfit?.Reason ?? "it is read"}";
    }
}
