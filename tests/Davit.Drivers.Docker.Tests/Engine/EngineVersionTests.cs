using Davit.Drivers.Docker.Engine;
using Davit.Model;

namespace Davit.Drivers.Docker.Tests.Engine;

public sealed class EngineVersionTests
{
    [Theory]
    [InlineData("1.12", "1.41", "1.41")]
    [InlineData("1.24", "1.44", "1.44")]
    [InlineData("1.24", "1.45", "1.45")]
    [InlineData("1.44", "1.52", "1.45")]
    public void The_smaller_of_both_newest_versions_is_spoken(string oldest, string newest, string expected) =>
        EngineVersion.Agree(new() { Version = "x", ApiVersion = newest, MinApiVersion = oldest }).Api.ToString().ShouldBe(expected);

    [Theory]
    [InlineData("1.12", "1.40", "engine-too-old")]
    [InlineData("1.46", "1.60", "engine-too-new")]
    [InlineData("", "", "runtime-refused")]
    public void Ranges_that_do_not_overlap_are_refused_and_both_named(string oldest, string newest, string expected)
    {
        var problem = Should.Throw<ProblemException>(() => EngineVersion.Agree(new() { Version = "x", ApiVersion = newest, MinApiVersion = oldest })).Problem;

        problem.Name.ShouldBe(expected);
        if (newest.Length > 0)
            problem.Detail.ShouldContain($"{oldest} to {newest}");
    }

    [Fact]
    public async Task An_engine_that_is_not_there_is_unreachable_and_may_be_asked_again()
    {
        await using var driver = new DockerDriver(
            new(Id.New<InstallationId>(TimeProvider.System)) { Endpoint = new("unix:///nonexistent/docker.sock") }, TimeProvider.System);

        var problem = (await Should.ThrowAsync<ProblemException>(() => driver.DescribeAsync(TestContext.Current.CancellationToken))).Problem;

        problem.Name.ShouldBe("runtime-unreachable");
        problem.Of.IsRetryable.ShouldBeTrue();
    }
}
