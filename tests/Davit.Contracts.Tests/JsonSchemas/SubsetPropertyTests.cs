using System.Diagnostics;
using System.Text;
using Davit.Contracts.Documents;
using Davit.Contracts.JsonSchemas;
using Davit.Contracts.JsonSchemas.Deciding;
using Davit.Contracts.JsonSchemas.Schemas;
using Davit.Contracts.JsonSchemas.Validation;

namespace Davit.Contracts.Tests.JsonSchemas;

/// <summary>Random pairs of schemas: nothing is called safe that a value disproves, and every witness is one.</summary>
public sealed class SubsetPropertyTests
{
    private const int Pairs = 10_000;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(4);

    [Fact]
    public void No_verdict_is_disproved()
    {
        var clock = Stopwatch.StartNew();
        var (safe, breaking, undecided) = (0, 0, 0);
        for (ulong seed = 1; seed <= Pairs && clock.Elapsed < Longest; seed++)
        {
            var schemas = new RandomSchemas(seed);
            var innerText = schemas.Next(3);
            var outerText = seed % 3 is 0 ? schemas.Next(3) : schemas.Changed(innerText);
            var ids = new SchemaIds();
            var (inner, outer) = (Load(innerText, ids), Load(outerText, ids));
            switch (SchemaSubset.Decide(inner, outer))
            {
                case SubsetVerdict.ProvenSafe:
                    safe++;
                    ShouldHold(inner, outer, seed, $"seed {seed}\n{innerText}\n{outerText}");
                    break;
                case SubsetVerdict.ProvenBreaking { Witness: var witness }:
                    breaking++;
                    new SchemaValidator().Accepts(inner.Root, witness).ShouldBe(true, $"seed {seed}");
                    new SchemaValidator().Accepts(outer.Root, witness).ShouldBe(false, $"seed {seed}");
                    break;
                default:
                    undecided++;
                    break;
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"safe {safe}, breaking {breaking}, undecided {undecided}");
        safe.ShouldBeGreaterThan(50);
        breaking.ShouldBeGreaterThan(50);
        (undecided / (double)(safe + breaking + undecided)).ShouldBeLessThan(0.1);
    }

    private static void ShouldHold(SchemaLoader inner, SchemaLoader outer, ulong seed, string pair)
    {
        var validator = new SchemaValidator();
        foreach (var value in new ValueSearch(inner.Root, outer.Root, seed).Values(60))
        {
            if (validator.Accepts(inner.Root, value) is true)
                validator.Accepts(outer.Root, value).ShouldNotBe(false, $"{value} disproves that this is safe: {pair}");
        }
    }

    private static SchemaLoader Load(string schema, SchemaIds ids) => SchemaLoader.Read(DocumentReader.Read("schema.json", Encoding.UTF8.GetBytes(schema)).Root, ids);
}
