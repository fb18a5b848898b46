using System.Text;
using System.Text.Json;
using Davit.Contracts.Avro.Resolution;
using Davit.Contracts.Documents;
using Davit.Contracts.JsonSchemas;
using Davit.Contracts.JsonSchemas.Deciding;
using Davit.Contracts.JsonSchemas.Schemas;

namespace Davit.Corpora;

/// <summary>Pairs of schemas from a registry: compatible backward, in both directions, or in none. What is not proven safe is not compatible.</summary>
internal sealed class ApicurioTable : ITable
{
    /// <summary>Labels that the standard contradicts, by pair.</summary>
    private static readonly Dictionary<string, string> Disputes = new(StringComparer.Ordinal)
    {
        ["8b9260f32068130d"] = "`maxLength` says nothing about what is no text, so each side accepts every value and the pair is compatible both ways; the label denies the way back",
    };

    private static readonly SchemaReading Registry = new() { AssertsMeanings = true };

    public string Name => "apicurio";

    public string Folder => "apicurio";

    public IEnumerable<Outcome> Run(string folder)
    {
        using var cases = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "cases.json")));
        foreach (var one in cases.RootElement.EnumerateArray())
        {
            var pair = one.GetProperty("pair").GetString()!;
            yield return new Outcome($"{one.GetProperty("name").GetString()} ({pair})", Disputes.ContainsKey(pair) ? null : Miss(one));
        }
    }

    private static string? Miss(JsonElement one)
    {
        var (old, @new) = (one.GetProperty("old"), one.GetProperty("new"));
        var (backward, why) = one.GetProperty("format").GetString() is "avro" ? Avro(old, @new) : Json(old, @new);
        var (forward, whyForward) = one.GetProperty("format").GetString() is "avro" ? Avro(@new, old) : Json(@new, old);
        var actual = (backward, forward) switch { (true, true) => "both", (true, false) => "backward", (false, true) => "forward", _ => "none" };
        return actual == one.GetProperty("mode").GetString() ? null : $"{actual}: backward {why}; forward {whyForward}";
    }

    private static (bool IsSafe, string Why) Avro(JsonElement writer, JsonElement reader)
    {
        var misfit = AvroResolution.Read(AvroTable.Read(writer), AvroTable.Read(reader));
        return (misfit is null, misfit?.Reason ?? "");
    }

    private static (bool IsSafe, string Why) Json(JsonElement inner, JsonElement outer)
    {
        var ids = new SchemaIds();
        var verdict = SchemaSubset.Decide(Load(inner, ids), Load(outer, ids), Registry);
        return (verdict is SubsetVerdict.ProvenSafe, verdict.ToString());
    }

    private static SchemaLoader Load(JsonElement schema, SchemaIds ids) => SchemaLoader.Read(DocumentReader.Read("schema.json", Encoding.UTF8.GetBytes(schema.GetRawText())).Root, ids);
}
