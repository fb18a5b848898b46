using Davit.Testing;

namespace Davit.Model.Tests;

public sealed class IdTests
{
    [Fact]
    public void An_id_prints_its_prefix_and_reads_back()
    {
        var id = Id.New<DeploymentId>(new ManualClock());

        id.ToString().ShouldMatch("^dep_[0-9a-f]{32}$");
        Id.Parse<DeploymentId>(id.ToString()).ShouldBe(id);
    }

    [Fact]
    public void Ids_sort_by_creation()
    {
        var clock = new ManualClock();
        var made = Enumerable.Range(0, 50).Select(_ =>
        {
            clock.Advance(TimeSpan.FromMilliseconds(1));
            return Id.New<ReleaseId>(clock).ToString();
        }).ToList();

        made.Order(StringComparer.Ordinal).ShouldBe(made);
    }

    [Theory]
    [InlineData("")]
    [InlineData("dep_")]
    [InlineData("dep_0190A0000000700080000000000000ff")]
    [InlineData("dep_0190a0000000700080000000000000f")]
    [InlineData("dep-0190a0000000700080000000000000ff")]
    [InlineData("dep_0190a00000007000800000000000 0ff")]
    public void A_malformed_id_is_refused_and_never_repaired(string text) =>
        Should.Throw<ProblemException>(() => Id.Parse<DeploymentId>(text)).Problem.Code.ShouldBe("DV4006");

    [Fact]
    public void An_id_of_another_kind_is_named_as_such() =>
        Should.Throw<ProblemException>(() => Id.Parse<DeploymentId>("rel_0190a0000000700080000000000000ff")).Problem.Name.ShouldBe("id-wrong-kind");
}
