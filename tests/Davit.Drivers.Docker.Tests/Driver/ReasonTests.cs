using Davit.Drivers.Compliance;
using Davit.Drivers.Docker.Tests.Compliance;
using Davit.Drivers.Images;
using Davit.Model;
using Davit.Planning.Instances;

namespace Davit.Drivers.Docker.Tests.Driver;

/// <summary>Every way an instance can fail to come up that a real engine can be brought to has its own reason.</summary>
public sealed class ReasonTests : IAsyncDisposable
{
    private readonly DockerBed _bed = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static readonly Dictionary<string, (string Reason, Func<InstanceSpec, InstanceSpec> Break)> Cases = new(StringComparer.Ordinal)
    {
        ["a command that does not exist"] = ("command-not-found", s => Command(s, "/nope")),
        ["a command that is not on the path"] = ("command-not-found", s => Command(s, "nope")),
        ["a file that is not executable"] = ("permission-denied", s => Command(s, "/etc/passwd")),
        ["a directory as command"] = ("permission-denied", s => Command(s, "/etc")),
        ["a user that the image does not know"] = ("create-refused", s => s with { Process = s.Process with { User = "nobody-knows" } }),
        ["a working directory that is a file"] = ("create-refused", s => s with { Process = s.Process with { WorkingDirectory = "/etc/passwd" } }),
        ["a host path that does not exist"] = ("volume-failed", s => s with { Mounts = [new MountSpec.Bind("/nonexistent/davit", "/data")] }),
        ["a directory mounted over a file"] = ("volume-failed", s => s with { Mounts = [new MountSpec.Bind("/etc", "/etc/passwd")] }),
        ["a network that does not exist"] = ("network-failed", s => s with { Connectivity = new() { Networks = [new("davit-nonexistent", [])] } }),
        ["less memory than anything needs"] = ("create-refused", s => s with { Resources = new() { MemoryBytes = 1024 } }),
        ["more CPUs than there are"] = ("create-refused", s => s with { Resources = new() { NanoCpus = 4_000_000_000_000 } }),
        ["a capability that does not exist"] = ("create-refused", s => s with { Isolation = new() { CapAdd = ["DAVIT"] } }),
        ["a kernel setting that is not the instance's"] = ("create-refused", s => s with { Isolation = new() { Sysctls = EquatableMap.Of(("vm.swappiness", "1")) } }),
        ["a device that does not exist"] = ("create-refused", s => s with { Isolation = new() { Devices = [new("/dev/davit", "/dev/davit")] } }),
        ["a GPU where there is none"] = ("create-refused", s => s with { Resources = new() { DeviceRequests = [new(null, -1, [], [["gpu"]])] } }),
        ["a group that the image does not know"] = ("create-refused", s => s with { Process = s.Process with { GroupAdd = ["nobody-knows"] } }),
        ["a runtime that is not installed"] = ("create-refused", s => s with { Isolation = new() { Runtime = "davit" } }),
        ["an image that does not exist"] = ("image-not-found", s => s with { Image = "sha256:" + new string('0', 64) }),
    };

    public static TheoryData<string> Names() => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task What_does_not_come_up_says_why(string name)
    {
        var driver = _bed.Open();
        var spec = Cases[name].Break(_bed.Spec(new Workload.Idles()) with { Process = new() { Command = ["sleep", "86400"], StopGrace = TimeSpan.FromSeconds(1) } });

        var problem = (await Should.ThrowAsync<ProblemException>(async () =>
        {
            await driver.CreateInstanceAsync(spec, Ct);
            await driver.StartInstanceAsync(spec.Name, Ct);
        })).Problem;

        problem.Name.ShouldBe(Cases[name].Reason, problem.Detail);
        problem.Hint.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("overlapping")]
    [InlineData("no address")]
    [InlineData("unknown driver")]
    public async Task A_network_that_cannot_be_made_says_so(string how)
    {
        var driver = _bed.Open();
        var spec = new NetworkSpec(_bed.Name("net"), _bed.Owner);
        spec = how switch
        {
            "overlapping" => spec with { Pools = [new("127.0.0.0/8"), new("127.0.0.0/8")] },
            "no address" => spec with { Pools = [new("boat")] },
            _ => spec with { Driver = "davit-nonexistent" },
        };

        (await Should.ThrowAsync<ProblemException>(() => driver.EnsureNetworkAsync(spec, Ct))).Problem.Name.ShouldBe("network-failed");
    }

    [Fact]
    public async Task An_image_for_another_machine_is_found_before_anything_starts()
    {
        var directory = Directory.CreateTempSubdirectory("davit-build").FullName;
        var tag = $"{_bed.Name("image")}:1";
        var driver = _bed.Open();
        try
        {
            await File.WriteAllTextAsync(Path.Combine(directory, "Dockerfile"), "FROM scratch\nCOPY Dockerfile /\n", Ct);
            await driver.BuildImageAsync(new(directory, tag) { Platform = "linux/s390x" }, (_, _) => ValueTask.CompletedTask, Ct);

            var problem = (await Should.ThrowAsync<ProblemException>(() => driver.ResolveImageAsync(new(tag) { Pull = PullPolicy.Never }, Ct))).Problem;

            problem.Name.ShouldBe("image-platform");
            problem.Detail.ShouldContain("linux/s390x");
            (await driver.ResolveImageAsync(new(tag) { Pull = PullPolicy.Never, Platform = "linux/s390x" }, Ct)).Platform.ShouldStartWith("linux/s390x");
        }
        finally
        {
            await driver.RemoveImageAsync(tag, CancellationToken.None);
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public async Task A_volume_that_cannot_be_made_says_so()
    {
        var spec = new VolumeSpec(_bed.Name("vol"), _bed.Owner) { Driver = "davit-nonexistent" };

        (await Should.ThrowAsync<ProblemException>(() => _bed.Open().EnsureVolumeAsync(spec, Ct))).Problem.Name.ShouldBe("volume-failed");
    }

    [Fact]
    public async Task A_volume_that_cannot_be_mounted_says_so()
    {
        var driver = _bed.Open();
        var volume = new VolumeSpec(_bed.Name("vol"), _bed.Owner) { Options = EquatableMap.Of(("type", "nfs"), ("o", "addr=127.0.0.1,soft,timeo=1,retrans=1"), ("device", ":/nonexistent")) };
        await driver.EnsureVolumeAsync(volume, Ct);
        var spec = _bed.Spec(new Workload.Idles()) with { Mounts = [new MountSpec.Volume(volume.Name, "/data")] };

        var problem = (await Should.ThrowAsync<ProblemException>(async () =>
        {
            await driver.CreateInstanceAsync(spec, Ct);
            await driver.StartInstanceAsync(spec.Name, Ct);
        })).Problem;

        problem.Name.ShouldBe("volume-failed", problem.Detail);
    }

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    private static InstanceSpec Command(InstanceSpec spec, string command) => spec with { Process = spec.Process with { Command = [command] } };
}
