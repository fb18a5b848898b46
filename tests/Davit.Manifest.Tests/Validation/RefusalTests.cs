using Davit.Model;

namespace Davit.Manifest.Tests.Validation;

public sealed class RefusalTests
{
    public static TheoryData<string> Names { get; } = [.. RefusalFixtures.All.Select(f => f.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_problem_has_an_app_that_has_it(string name)
    {
        var result = Shop.Load(RefusalFixtures.All.Single(f => f.Name == name).Files);
        var fault = result.Faults.FirstOrDefault(f => f.Code.Name == name);
        fault.ShouldNotBeNull(string.Join('\n', result.Faults));
        (result.Manifest is null).ShouldBe(result.Faults.Any(f => f.Severity is Severity.Error));
        (fault.At is not null || name is "nothing-to-deploy" or "name-invalid").ShouldBeTrue("a fault says where it is");
    }

    [Fact]
    public void No_problem_is_without_a_fixture() =>
        ManifestProblems.All.Select(p => p.Name).Except(RefusalFixtures.All.Select(f => f.Name)).ShouldBe(RefusalFixtures.Elsewhere, ignoreOrder: true);
}
