using Davit.Corpora;
using Davit.Testing;

namespace Davit.Contracts.Tests.Corpora;

/// <summary>Cases with the verdicts of well-known checkers, in the profile of each.</summary>
public sealed class CorpusTests
{
    public static TheoryData<string, double> Tables => new()
    {
        { "oasdiff", 0.98 },
        { "openapi-diff", 0.95 },
        { "optic", 1 },
        { "graphql-inspector", 0.98 },
        { "asyncapi-diff", 1 },
        { "avro-avsc", 1 },
        { "apicurio", 0.98 },
        { "buf", 1 },
        { "buf-positions", 1 },
    };

    [Theory]
    [MemberData(nameof(Tables))]
    public void Verdicts_are_those_of_the_checker(string name, double least)
    {
        var table = CorpusTables.All.Single(t => t.Name == name);
        var folder = Path.Combine(Repository.Corpora ?? "", "contracts", table.Folder);
        Assert.SkipUnless(Directory.Exists(folder), $"THE CORPUS IS MISSING: {name} is expected in ../shared/corpora/contracts beside the checkout; nothing was checked");

        var outcomes = table.Run(folder).ToList();

        outcomes.ShouldNotBeEmpty();
        var misses = outcomes.Where(o => o.Miss is not null).ToList();
        ((double)(outcomes.Count - misses.Count) / outcomes.Count).ShouldBeGreaterThanOrEqualTo(least, string.Join('\n', misses.Select(m => $"{m.Case}\n{m.Miss}")));
    }
}
