using System.Text.Json;
using Davit.Drivers.Docker.Engine;
using Davit.Drivers.Docker.Engine.Messages;
using Davit.Drivers.Docker.Instances;
using Davit.Model;
using Davit.Planning.Instances;
using Davit.Testing;

namespace Davit.Drivers.Docker.Tests.Instances;

/// <summary>What the engine is sent, one snapshot per class of keys.</summary>
public sealed class CreateBodyTests
{
    private static readonly JsonSerializerOptions Indented = new(EngineJson.Default.Options) { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Ownership Owner = new(Fixed<InstallationId>(1), Fixed<OrgId>(2), Fixed<AppId>(3), Fixed<EnvId>(4))
    {
        Service = "web",
        Release = Fixed<ReleaseId>(5),
        Deployment = Fixed<DeploymentId>(6),
        Instance = Fixed<InstanceId>(7),
    };

    private static readonly InstanceSpec Bare = new("shop-production-web-00000005-1", Owner, "shop/web@sha256:abc");

    [Fact]
    public void Nothing_asked_is_nothing_sent() => Snapshot.Match(Body(Bare));

    [Fact]
    public void Process_keys() => Snapshot.Match(Body(Bare with
    {
        Process = new()
        {
            Entrypoint = ["/bin/shop"],
            Command = ["serve", "--port", "80 80", "$HOME"],
            Environment = EquatableMap.Of(("A", "1"), ("QUOTES", "a \"b\" 'c'\nd")),
            User = "1000:1000",
            GroupAdd = ["video"],
            WorkingDirectory = "/srv",
            Tty = true,
            StdinOpen = true,
            Init = true,
            StopSignal = "SIGQUIT",
            StopGrace = TimeSpan.FromMilliseconds(1500),
        },
        Restart = new(RestartKind.OnFailure, 3),
        Health = new(["CMD-SHELL", "curl -f localhost"])
        {
            Interval = TimeSpan.FromSeconds(2), Timeout = TimeSpan.FromMilliseconds(1500), StartPeriod = TimeSpan.FromMinutes(1), StartInterval = TimeSpan.FromSeconds(1), Retries = 4,
        },
        Log = new("local", EquatableMap.Of(("max-size", "1m"))),
        Labels = EquatableMap.Of(("team", "deck"), ("davit.installation", "forged")),
    }));

    [Fact]
    public void An_empty_entrypoint_is_not_the_images_own()
    {
        Body(Bare with { Process = new() { Entrypoint = [] } }).ShouldContain("\"Entrypoint\": []");
        Body(Bare with { Process = new() { Entrypoint = null } }).ShouldNotContain("Entrypoint");
    }

    [Fact]
    public void Mount_keys() => Snapshot.Match(Body(
        Bare with
        {
            Mounts =
            [
                new MountSpec.Volume("shop-data", "/data") { NoCopy = true },
                new MountSpec.Volume(null, "/cache") { ReadOnly = true },
                new MountSpec.Bind("/srv/files", "/files") { ReadOnly = true, Propagation = "rslave" },
                new MountSpec.Bind("/srv/made", "/made") { CreateHostPath = true },
                new MountSpec.Tmpfs("/tmp") { SizeBytes = 1 << 20, Mode = 1023 },
                new MountSpec.Tmpfs("/run") { SizeBytes = 4096, Options = ["noexec", "uid=5"] },
            ],
        },
        [new("/run/davit/x/0", "/run/secrets/key")]));

    [Fact]
    public void Connectivity_keys() => Snapshot.Match(Body(Bare with
    {
        Connectivity = new()
        {
            Hostname = "web",
            DomainName = "shop.internal",
            Networks =
            [
                new("shop-production", ["web", "shop-web"]) { Ipv4 = "10.0.0.5", Ipv6 = "fd00::5", LinkLocalAddresses = ["169.254.1.1"], DriverOptions = EquatableMap.Of(("k", "v")) },
                new("shop-second", []),
            ],
            Ports = [new(8080, 80), new(8080, 8080, "127.0.0.1"), new(53, 0, "::1", TransportProtocol.Udp)],
            Expose = ["9090", "9091/udp"],
            Dns = ["1.1.1.1"],
            DnsOptions = ["ndots:2"],
            DnsSearch = ["internal"],
            ExtraHosts = ["host.docker.internal:host-gateway"],
            MacAddress = "02:42:ac:11:00:02",
        },
    }));

    [Fact]
    public void Resource_keys() => Snapshot.Match(Body(Bare with
    {
        Resources = new()
        {
            MemoryBytes = 1, MemoryReservationBytes = 2, MemorySwapBytes = -1, MemorySwappiness = 4, NanoCpus = 5, CpuShares = 6, CpuPeriodMicroseconds = 7,
            CpuQuotaMicroseconds = 8, CpuRealtimePeriodMicroseconds = 9, CpuRealtimeRuntimeMicroseconds = 10, CpuSet = "0-1", PidsLimit = 11, ShmBytes = 12,
            Ulimits = [new("nofile", 13, 14)], OomKillDisable = true, OomScoreAdjust = 15, StorageOptions = EquatableMap.Of(("size", "1G")),
            BlockIo = new()
            {
                Weight = 16, DeviceWeights = [new("/dev/a", 17)], ReadBytesPerSecond = [new("/dev/b", 18)], ReadOperationsPerSecond = [new("/dev/c", 19)],
                WriteBytesPerSecond = [new("/dev/d", 20)], WriteOperationsPerSecond = [new("/dev/e", 21)],
            },
            DeviceRequests = [new("nvidia", -1, [], [["gpu", "compute"]]) { Options = EquatableMap.Of(("o", "p")) }],
        },
    }));

    [Fact]
    public void Isolation_keys() => Snapshot.Match(Body(Bare with
    {
        Isolation = new()
        {
            CapAdd = ["NET_ADMIN"], CapDrop = ["ALL"], Privileged = true, ReadOnlyRoot = true, SecurityOptions = ["no-new-privileges:true"],
            Sysctls = EquatableMap.Of(("net.core.somaxconn", "1024")), Devices = [new("/dev/fuse", "/dev/fuse", "rw")], DeviceCgroupRules = ["c 1:3 mr"],
            Ipc = "private", Pid = "host", Uts = "host", UserNamespace = "host", CgroupNamespace = "private", CgroupParent = "/davit", Runtime = "runsc",
        },
        Connectivity = new() { Mode = "host" },
    }));

    [Fact]
    public void Newer_engines_are_told_more()
    {
        var spec = Bare with
        {
            Annotations = EquatableMap.Of(("a", "b")),
            Mounts = [new MountSpec.Volume("v", "/v") { Subpath = "sub" }, new MountSpec.Bind("/srv/made", "/made") { CreateHostPath = true }],
            Connectivity = new() { Networks = [new("net", [])], MacAddress = "02:42:ac:11:00:02" },
            Health = new(["CMD", "true"]) { StartInterval = TimeSpan.FromSeconds(1) },
        };

        Snapshot.Match(Body(spec, [], new(1, 45)));
    }

    private static string Body(InstanceSpec spec, IReadOnlyList<DeliveredFile>? delivered = null, ApiVersion? api = null)
    {
        var body = CreateBody.Of(spec, new(api ?? ApiVersion.Oldest, delivered ?? [], new("json-file", new(StringComparer.Ordinal) { ["max-size"] = "64m" })));
        return JsonSerializer.Serialize(body, Indented);
    }

    private static T Fixed<T>(int number) where T : struct, IId<T> => T.From(new Guid(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte)number));
}
