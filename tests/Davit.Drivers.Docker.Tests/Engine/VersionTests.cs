using Davit.Drivers.Compliance;
using Davit.Drivers.Docker.Engine;
using Davit.Drivers.Docker.Tests.Compliance;
using Davit.Drivers.Docker.Tests.Engines;
using Davit.Model;
using Davit.Planning.Instances;

namespace Davit.Drivers.Docker.Tests.Engine;

public sealed class VersionTests(NewerEngine newer)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("1.12", "1.40", "engine-too-old", "20.10")]
    [InlineData("1.46", "1.60", "engine-too-new", "Upgrade Davit")]
    public async Task An_engine_whose_versions_are_all_outside_is_refused_with_both_ranges(string oldest, string newest, string expected, string hint)
    {
        await using var front = new VersionFront(EngineEndpoint.FromEnvironment(), oldest, newest);
        await using var driver = new DockerDriver(new(Id.New<InstallationId>(TimeProvider.System)) { Endpoint = front.Endpoint }, TimeProvider.System);

        var problem = (await Should.ThrowAsync<ProblemException>(() => driver.DescribeAsync(Ct))).Problem;

        problem.Name.ShouldBe(expected);
        problem.Detail.ShouldContain($"{oldest} to {newest}");
        problem.Detail.ShouldContain($"{ApiVersion.Oldest} to {ApiVersion.Newest}");
        problem.Hint.ShouldContain(hint);
    }

    [Fact]
    public async Task An_engine_that_is_upgraded_under_a_running_driver_is_spoken_to_in_its_new_version()
    {
        await using var front = new VersionFront(await newer.EndpointAsync(), "1.12", "1.41");
        await using var bed = new DockerBed(front.Endpoint);
        var driver = bed.Open();
        (await driver.DescribeAsync(Ct)).ApiVersion.ShouldBe("1.41");
        var spec = bed.Spec(new Workload.Idles());
        await driver.CreateInstanceAsync(spec, Ct);

        front.Upgrade("1.44", "1.52");

        (await driver.StartInstanceAsync(spec.Name, Ct)).State.IsRunning.ShouldBeTrue();
        (await driver.DescribeAsync(Ct)).ApiVersion.ShouldBe("1.45");
        front.Refused.ShouldBe(1);
    }

    [Theory]
    [InlineData("1.44", "1.52", "1.45")]
    [InlineData("1.12", "1.41", "1.41")]
    public async Task A_whole_life_passes_with_an_engine_that_refuses_everything_else(string oldest, string newest, string spoken)
    {
        await using var front = new VersionFront(await newer.EndpointAsync(), oldest, newest);
        await using var bed = new DockerBed(front.Endpoint);
        var driver = bed.Open();
        var network = new NetworkSpec(bed.Name("net"), bed.Owner with { Service = null });
        await driver.EnsureNetworkAsync(network, Ct);
        var spec = bed.Spec(new Workload.Prints(["hello"], ExitCode: null)) with { Connectivity = new() { Networks = [new(network.Name, ["web"])] } };

        await driver.CreateInstanceAsync(spec, Ct);
        await driver.StartInstanceAsync(spec.Name, Ct);
        await using (var session = await driver.ExecAsync(spec.Name, new(["true"]), Ct))
            (await session.WaitAsync(Ct)).ShouldBe(0);
        await foreach (var line in driver.LogsAsync(spec.Name, new() { Follow = true }, Ct))
        {
            line.Text.ShouldBe("hello");
            break;
        }

        await driver.StopInstanceAsync(spec.Name, null, Ct);
        await driver.RemoveInstanceAsync(spec.Name, Ct);

        (await driver.DescribeAsync(Ct)).ApiVersion.ShouldBe(spoken);
        front.Refused.ShouldBe(0);
    }
}
