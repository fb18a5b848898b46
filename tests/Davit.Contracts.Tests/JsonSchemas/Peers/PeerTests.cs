using Davit.Contracts.JsonSchemas.Deciding;
using Davit.Contracts.JsonSchemas.Validation;

namespace Davit.Contracts.Tests.JsonSchemas.Peers;

/// <summary>AJV is asked about the same random pairs: our validator says what it says, and it refutes no verdict and no witness.</summary>
public sealed class PeerTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>AJV accepts some lists by what it found in the list before, so where it differs another one decides.</summary>
    [Fact]
    public async Task Values_are_accepted_and_refused_as_AJV_does()
    {
        await using var ajv = await PeerValidator.AjvAsync(Ct);
        await using var cfworker = await PeerValidator.CfworkerAsync(Ct);
        var (compared, differing) = (0, new List<string>());
        foreach (var seed in RandomPair.Seeds.Take(RandomPair.Count / 5))
        {
            var pair = new RandomPair(seed);
            var values = pair.Values(10).ToList();
            var said = await ajv.JudgeAsync(pair.InnerText, values.Select(v => v.ToString()), Ct);
            foreach (var (value, theirs) in values.Zip(said))
            {
                if (theirs is null || new SchemaValidator().Accepts(pair.Inner.Root, value) is not { } ours)
                    continue;
                compared++;
                if (ours != theirs && await cfworker.JudgeAsync(pair.InnerText, value.ToString(), Ct) != ours)
                    differing.Add($"{value} is {(ours ? "accepted" : "refused")} by ours alone: {pair.InnerText}");
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{compared} values compared");
        differing.ShouldBeEmpty();
        compared.ShouldBeGreaterThan(RandomPair.Count * 2);
    }

    [Fact]
    public async Task No_verdict_is_refuted()
    {
        await using var ajv = await PeerValidator.AjvAsync(Ct);
        var (witnesses, values) = (0, 0);
        foreach (var seed in RandomPair.Seeds)
        {
            var pair = new RandomPair(seed);
            switch (pair.Decide())
            {
                case SubsetVerdict.ProvenBreaking { Witness: var witness }:
                    witnesses += await IsWitnessAsync(ajv, pair, witness.ToString()) ? 1 : 0;
                    break;
                case SubsetVerdict.ProvenSafe:
                    values += await HoldsAsync(ajv, pair);
                    break;
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{witnesses} witnesses, {values} values of what is safe");
        witnesses.ShouldBeGreaterThan(RandomPair.Count / 10);
        values.ShouldBeGreaterThan(RandomPair.Count);
    }

    /// <returns>False where AJV gives up.</returns>
    private static async Task<bool> IsWitnessAsync(PeerValidator ajv, RandomPair pair, string witness)
    {
        var (accepted, refused) = (await ajv.JudgeAsync(pair.InnerText, witness, Ct), await ajv.JudgeAsync(pair.OuterText, witness, Ct));
        accepted.ShouldNotBe(false, $"{witness}: {pair}");
        refused.ShouldNotBe(true, $"{witness}: {pair}");
        return accepted is true && refused is false;
    }

    private static async Task<int> HoldsAsync(PeerValidator ajv, RandomPair pair)
    {
        var values = pair.Values(20).Select(v => v.ToString()).ToList();
        var accepted = values.Zip(await ajv.JudgeAsync(pair.InnerText, values, Ct)).Where(v => v.Second is true).Select(v => v.First).ToList();
        var outer = await ajv.JudgeAsync(pair.OuterText, accepted, Ct);
        accepted.Zip(outer).Where(v => v.Second is false).Select(v => v.First).ShouldBeEmpty($"disprove that this is safe: {pair}");
        return accepted.Count;
    }
}
