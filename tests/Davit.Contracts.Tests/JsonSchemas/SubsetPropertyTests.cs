using Davit.Contracts.JsonSchemas.Deciding;
using Davit.Contracts.JsonSchemas.Validation;

namespace Davit.Contracts.Tests.JsonSchemas;

/// <summary>Random pairs of schemas: nothing is called safe that a value disproves, and every witness is one. DAVIT_SCHEMA_PAIRS is how many.</summary>
public sealed class SubsetPropertyTests
{
    [Fact]
    public void No_verdict_is_disproved()
    {
        var verdicts = RandomPair.Seeds.AsParallel().WithDegreeOfParallelism(2).Select(seed => Judge(new RandomPair(seed))).ToList();

        var (safe, breaking, undecided) = (verdicts.OfType<SubsetVerdict.ProvenSafe>().Count(), verdicts.OfType<SubsetVerdict.ProvenBreaking>().Count(), verdicts.OfType<SubsetVerdict.Undecided>().Count());
        TestContext.Current.TestOutputHelper?.WriteLine($"safe {safe}, breaking {breaking}, undecided {undecided}");
        (safe / (double)verdicts.Count).ShouldBeGreaterThan(0.1);
        (breaking / (double)verdicts.Count).ShouldBeGreaterThan(0.1);
        (undecided / (double)verdicts.Count).ShouldBeLessThan(0.1);
    }

    private static SubsetVerdict Judge(RandomPair pair)
    {
        var verdict = pair.Decide();
        if (verdict is SubsetVerdict.ProvenSafe)
            ShouldHold(pair);
        if (verdict is not SubsetVerdict.ProvenBreaking { Witness: var witness })
            return verdict;
        new SchemaValidator().Accepts(pair.Inner.Root, witness).ShouldBe(true, pair.ToString());
        new SchemaValidator().Accepts(pair.Outer.Root, witness).ShouldBe(false, pair.ToString());
        return verdict;
    }

    private static void ShouldHold(RandomPair pair)
    {
        var validator = new SchemaValidator();
        foreach (var value in pair.Values(60))
        {
            if (validator.Accepts(pair.Inner.Root, value) is true)
                validator.Accepts(pair.Outer.Root, value).ShouldNotBe(false, $"{value} disproves that this is safe: {pair}");
        }
    }
}
