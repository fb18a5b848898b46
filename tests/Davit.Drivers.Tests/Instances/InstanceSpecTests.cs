using System.Text;
using System.Text.Json;
using Davit.Model;
using Davit.Planning.Instances;

namespace Davit.Drivers.Tests.Instances;

public sealed class InstanceSpecTests
{
    private static readonly Ownership Owner = new(
        Id.New<InstallationId>(TimeProvider.System), Id.New<OrgId>(TimeProvider.System), Id.New<AppId>(TimeProvider.System), Id.New<EnvId>(TimeProvider.System));

    [Fact]
    public void Equal_content_is_equal_whatever_order_maps_were_written_in()
    {
        var one = Full();
        var two = Full();

        two.ShouldBe(one);
        two.GetHashCode().ShouldBe(one.GetHashCode());
        EquatableMap.Of(("a", "1"), ("b", "2")).ShouldBe(EquatableMap.Of(("b", "2"), ("a", "1")));
        (two with { Resources = two.Resources with { PidsLimit = 99 } }).ShouldNotBe(one);
    }

    [Fact]
    public void The_hash_leaves_out_who_and_where()
    {
        var spec = Full();

        var other = spec with { Name = "another-2", Owner = Owner with { Release = Id.New<ReleaseId>(TimeProvider.System), Instance = Id.New<InstanceId>(TimeProvider.System) } };

        other.SpecHash.ShouldBe(spec.SpecHash);
        spec.SpecHash.ShouldMatch("^sha256:[0-9a-f]{64}$");
    }

    [Fact]
    public void The_hash_moves_with_every_other_part()
    {
        var spec = Full();
        InstanceSpec[] others =
        [
            spec with { Image = "other" },
            spec with { Platform = "linux/arm64" },
            spec with { Process = spec.Process with { Command = ["x"] } },
            spec with { Process = spec.Process with { Entrypoint = [] } },
            spec with { Process = spec.Process with { Entrypoint = null } },
            spec with { Process = spec.Process with { Environment = spec.Process.Environment.With("K", "other") } },
            spec with { Mounts = [new MountSpec.Volume("data", "/data") { ReadOnly = true }] },
            spec with { Mounts = [new MountSpec.Bind("data", "/data")] },
            spec with { Files = [new("/a", new FileContent.Plain([.. "c"u8]))] },
            spec with { Files = [new("/a", new FileContent.Secret("s", "2", null))] },
            spec with { Connectivity = spec.Connectivity with { Ports = [new(80, 81)] } },
            spec with { Resources = spec.Resources with { MemoryBytes = 5 } },
            spec with { Isolation = new() { Privileged = true } },
            spec with { Restart = new(RestartKind.Always) },
            spec with { Health = null },
            spec with { Labels = EquatableMap.Of(("l", "2")) },
        ];

        others.Select(o => o.SpecHash).Append(spec.SpecHash).ShouldBeUnique();
    }

    [Fact]
    public void The_hash_of_a_given_spec_never_changes() =>
        new InstanceSpec("web-1", Owner, "busybox@sha256:00") { Process = new() { Command = ["sleep", "1"] } }.SpecHash
            .ShouldBe("sha256:" + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(
                """{"connectivity":{},"image":"busybox@sha256:00","isolation":{},"process":{"command":["sleep","1"]},"resources":{},"restart":{}}"""u8)));

    [Fact]
    public void A_spec_survives_storage_apart_from_the_values_of_secrets()
    {
        var spec = Full();

        var json = JsonSerializer.Serialize(spec, InstanceSpecJson.Default.InstanceSpec);
        var read = JsonSerializer.Deserialize(json, InstanceSpecJson.Default.InstanceSpec).ShouldNotBeNull();

        read.ShouldBe(spec);
        read.SpecHash.ShouldBe(spec.SpecHash);
        json.ShouldNotContain("hunter2");
        json.ShouldNotContain(Convert.ToBase64String("hunter2"u8));
        read.Files[1].Content.ShouldBeOfType<FileContent.Secret>().Bytes.ShouldBeNull();
    }

    [Fact]
    public void A_secret_is_in_no_text()
    {
        Full().ToString().ShouldNotContain("hunter2");
        Full().Files.ToString().ShouldContain("***");
    }

    [Fact]
    public void An_owner_survives_its_labels()
    {
        var owner = Owner with { Service = "web", Release = Id.New<ReleaseId>(TimeProvider.System), Run = Id.New<RunId>(TimeProvider.System) };

        Ownership.FromLabels(owner.ToLabels().Entries).ShouldBe(owner);
    }

    [Theory]
    [InlineData("davit.installation")]
    [InlineData("davit.org")]
    [InlineData("davit.app")]
    [InlineData("davit.env")]
    public void Labels_without_a_part_of_the_owner_belong_to_nobody(string missing) =>
        Ownership.FromLabels(Owner.ToLabels().Entries.Remove(missing)).ShouldBeNull();

    private static InstanceSpec Full() => new("shop-web-1", Owner, "shop/web@sha256:00")
    {
        Platform = "linux/amd64",
        Process = new()
        {
            Entrypoint = ["/bin/shop"], Command = ["serve"], Environment = EquatableMap.Of(("K", "v 🚢"), ("A", "b")), User = "1000", StopGrace = TimeSpan.FromSeconds(3), Init = false,
        },
        Mounts = [new MountSpec.Volume("data", "/data"), new MountSpec.Tmpfs("/tmp") { Options = ["noexec"] }],
        Files = [new("/etc/a", new FileContent.Plain([.. "plain"u8])), new("/run/secrets/b", new FileContent.Secret("b", "1", [.. Encoding.UTF8.GetBytes("hunter2")])) { Mode = 256 }],
        Connectivity = new() { Networks = [new("net", ["web"]) { Ipv4 = "10.0.0.2" }], Ports = [new(80, 0, "::1", TransportProtocol.Udp)] },
        Resources = new() { NanoCpus = 1, Ulimits = [new("nofile", 1, 2)], BlockIo = new() { ReadBytesPerSecond = [new("/dev/a", 3)] }, DeviceRequests = [new(null, -1, [], [["gpu"]])] },
        Isolation = new() { CapDrop = ["ALL"], Devices = [new("/dev/a", "/dev/b")] },
        Health = new(["CMD", "true"]) { Interval = TimeSpan.FromSeconds(1) },
        Log = new("local", EquatableMap.Of(("max-size", "1m"))),
        Labels = EquatableMap.Of(("l", "1")),
        Annotations = EquatableMap.Of(("a", "1")),
    };
}
