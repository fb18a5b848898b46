using System.Globalization;
using System.Text;
using Davit.Contracts.Documents;
using Davit.Contracts.JsonSchemas;
using Davit.Contracts.JsonSchemas.Deciding;
using Davit.Contracts.JsonSchemas.Schemas;
using Davit.Contracts.JsonSchemas.Values;

namespace Davit.Contracts.Tests.JsonSchemas;

/// <summary>Two random schemas, mostly near each other; the same seed gives the same ones.</summary>
internal sealed class RandomPair
{
    public RandomPair(ulong seed)
    {
        Seed = seed;
        var schemas = new RandomSchemas(seed);
        InnerText = schemas.Next(3);
        OuterText = seed % 3 is 0 ? schemas.Next(3) : schemas.Changed(InnerText);
        var ids = new SchemaIds();
        (Inner, Outer) = (Load(InnerText, ids), Load(OuterText, ids));
    }

    /// <summary>How many pairs a run looks at.</summary>
    public static int Count => int.Parse(Environment.GetEnvironmentVariable("DAVIT_SCHEMA_PAIRS") ?? "10000", CultureInfo.InvariantCulture);

    public static IEnumerable<ulong> Seeds => Enumerable.Range(1, Count).Select(seed => (ulong)seed);

    public ulong Seed { get; }

    public string InnerText { get; }

    public string OuterText { get; }

    public SchemaLoader Inner { get; }

    public SchemaLoader Outer { get; }

    public SubsetVerdict Decide() => SchemaSubset.Decide(Inner, Outer);

    /// <summary>Values beside the bounds of both.</summary>
    public IEnumerable<JsonValue> Values(int made) => new ValueSearch(Inner.Root, Outer.Root, Seed).Values(made);

    public override string ToString() => $"seed {Seed}\n{InnerText}\n{OuterText}";

    private static SchemaLoader Load(string schema, SchemaIds ids) => SchemaLoader.Read(DocumentReader.Read("schema.json", Encoding.UTF8.GetBytes(schema)).Root, ids);
}
