using System.Text.Json.Nodes;
using Davit.Drivers.Docker.Engine;
using Davit.Drivers.Docker.Engine.Messages;
using Davit.Drivers.Docker.Instances;
using Davit.Drivers.Docker.Tests.Compliance;
using Davit.Drivers.Docker.Tests.Engines;
using Davit.Planning.Instances;

namespace Davit.Drivers.Docker.Tests.Driver;

/// <summary>What was asked is what the engine says it made: every value sent is found again in its inspection.</summary>
public sealed class InspectionTests : IAsyncDisposable
{
    private readonly DockerBed _bed = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task Every_key_that_was_sent_is_in_the_inspection()
    {
        var driver = _bed.Open();
        var network = new NetworkSpec(_bed.Name("net"), _bed.Owner) ;
        await driver.EnsureNetworkAsync(network, Ct);
        var volume = new VolumeSpec(_bed.Name("vol"), _bed.Owner);
        await driver.EnsureVolumeAsync(volume, Ct);
        var spec = Full(network.Name, volume.Name);
        await driver.CreateInstanceAsync(spec, Ct);

        var made = await EngineHttp.InspectAsync(_bed.Endpoint, spec.Name, Ct);

        var context = new CreateContext(new ApiVersion(1, 41), [], new("json-file", new(StringComparer.Ordinal) { ["max-size"] = "64m", ["max-file"] = "4" }));
        var sent = JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(CreateBody.Of(spec, context), EngineJson.Default.ContainerCreate))!.AsObject();
        var host = sent["HostConfig"]!;
        sent.Remove("HostConfig");
        sent.Remove("NetworkingConfig");
        sent.Remove("MacAddress");
        var missing = new List<string>();
        Contains(made["HostConfig"], host, "HostConfig", missing);
        Contains(made["Config"], sent, "Config", missing);
        missing.ShouldBeEmpty();
    }

    private InstanceSpec Full(string network, string volume) => new(_bed.Name(), _bed.Owner, DockerBed.Shell)
    {
        Process = new()
        {
            Entrypoint = ["/bin/sh"], Command = ["-c", "sleep 5 # $HOME"], Environment = EquatableMap.Of(("A", "b c"), ("PATH", "/bin")), User = "1:2", GroupAdd = ["3"],
            WorkingDirectory = "/tmp", Tty = true, StdinOpen = true, Init = true, StopSignal = "SIGINT", StopGrace = TimeSpan.FromSeconds(3),
        },
        Mounts =
        [
            new MountSpec.Volume(volume, "/data") { NoCopy = true }, new MountSpec.Tmpfs("/scratch") { SizeBytes = 4096, Mode = 448 }, new MountSpec.Tmpfs("/more") { Options = ["noexec"] },
            new MountSpec.Bind("/etc", "/host-etc") { ReadOnly = true, Propagation = "rprivate" },
        ],
        Connectivity = new()
        {
            Hostname = "boat", DomainName = "sea", Networks = [new(network, ["web"])], Ports = [new(80, 0, "127.0.0.1"), new(53, 0, "127.0.0.1", TransportProtocol.Udp)], Expose = ["9000"],
            Dns = ["127.0.0.53"], DnsOptions = ["ndots:2"], DnsSearch = ["sea"], ExtraHosts = ["reef:10.0.0.9"],
        },
        Resources = new()
        {
            MemoryBytes = 64 << 20, MemoryReservationBytes = 32 << 20, MemorySwapBytes = 64 << 20, MemorySwappiness = 10, NanoCpus = 250_000_000, CpuShares = 512, CpuSet = "0", PidsLimit = 30,
            ShmBytes = 1 << 20, Ulimits = [new("nofile", 100, 200)], OomScoreAdjust = 100,
        },
        Isolation = new()
        {
            CapAdd = ["NET_ADMIN"], CapDrop = ["MKNOD"], ReadOnlyRoot = true, SecurityOptions = ["no-new-privileges:true"], Sysctls = EquatableMap.Of(("net.core.somaxconn", "64")),
            Devices = [new("/dev/null", "/dev/extra", "rw")], DeviceCgroupRules = ["c 1:3 r"], Ipc = "private", Uts = "", CgroupNamespace = "private", Runtime = "runc",
        },
        Restart = new(RestartKind.OnFailure, 2),
        Health = new(["CMD", "true"]) { Interval = TimeSpan.FromSeconds(1), Timeout = TimeSpan.FromSeconds(2), StartPeriod = TimeSpan.FromSeconds(3), Retries = 4 },
        Labels = EquatableMap.Of(("mine", "yes = \"quoted\"")),
    };

    /// <summary>Objects are contained key by key, lists of equal length item by item.</summary>
    private static void Contains(JsonNode? have, JsonNode? wanted, string path, List<string> missing)
    {
        if (wanted is JsonObject fields)
        {
            foreach (var (key, value) in fields)
                Contains((have as JsonObject)?[key], value, $"{path}.{key}", missing);
        }
        else if (wanted is JsonArray items && have is JsonArray others && items.Count <= others.Count)
        {
            for (var i = 0; i < items.Count; i++)
                Contains(others[i], items[i], $"{path}[{i}]", missing);
        }
        else if (!JsonNode.DeepEquals(have, wanted))
        {
            missing.Add($"{path}: sent {wanted?.ToJsonString()}, found {have?.ToJsonString()}");
        }
    }
}
