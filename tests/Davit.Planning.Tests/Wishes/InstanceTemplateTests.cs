using Davit.Manifest;
using Davit.Model;
using Davit.Planning.Instances;
using Davit.Planning.Wishes;
using MountSpec = Davit.Planning.Instances.MountSpec;

namespace Davit.Planning.Tests.Wishes;

/// <summary>What a Compose file says is in the spec that a driver gets, or is refused; nothing is lost between the two.</summary>
public sealed class InstanceTemplateTests
{
    private static readonly Ownership Owner = new(
        Id.New<InstallationId>(TimeProvider.System), Id.New<OrgId>(TimeProvider.System), Id.New<AppId>(TimeProvider.System), Id.New<EnvId>(TimeProvider.System));

    [Fact]
    public void Hooks_of_Compose_and_of_Davit_are_kept_in_order()
    {
        var hooks = Template(
            """
            post_start: [{ command: [warm, up], user: root, privileged: true, working_dir: /w, environment: { A: b } }, { command: "sh -c 'echo x'" }]
            pre_stop: [{ command: [say, bye] }]
            """,
            "services: { s: { prestart: [[first, one], [then, two]] } }").Hooks.ShouldNotBeNull();

        hooks.Prestart.Select(h => string.Join(' ', h.Command)).ShouldBe(["first one", "then two"]);
        hooks.PostStart.Count.ShouldBe(2);
        hooks.PostStart[0].ShouldBe(new Davit.Planning.Instances.HookSpec(["warm", "up"]) { User = "root", Privileged = true, WorkingDirectory = "/w", Environment = EquatableMap.Of(("A", "b")) });
        hooks.PostStart[1].Command.ShouldBe(["sh", "-c", "echo x"]);
        hooks.PreStop.ShouldHaveSingleItem().Command.ShouldBe(["say", "bye"]);
    }

    [Fact]
    public void A_service_without_hooks_has_the_hash_it_had_before_there_were_any() => Template("user: me").Hooks.ShouldBeNull();

    [Theory]
    [InlineData("restart: 'no'", RestartKind.No, 0)]
    [InlineData("restart: always", RestartKind.Always, 0)]
    [InlineData("restart: 'on-failure:4'", RestartKind.OnFailure, 4)]
    [InlineData("deploy: { restart_policy: { condition: none } }", RestartKind.No, 0)]
    [InlineData("deploy: { restart_policy: { condition: on-failure, max_attempts: 3 } }", RestartKind.OnFailure, 3)]
    [InlineData("deploy: { restart_policy: { condition: any } }", RestartKind.UnlessStopped, 0)]
    [InlineData("restart: always\ndeploy: { restart_policy: { condition: none } }", RestartKind.Always, 0)]
    [InlineData("user: me", RestartKind.UnlessStopped, 0)]
    public void The_restart_is_the_one_that_was_asked_for(string keys, RestartKind kind, int retries) =>
        Template(keys).Restart.ShouldBe(new RestartPolicy(kind, retries));

    [Fact]
    public void A_port_that_is_wanted_on_the_host_is_bound_there_and_others_are_left_to_the_edge()
    {
        var ports = Template("ports: ['8080:80', { target: 81, published: '8081', mode: host, host_ip: 127.0.0.1 }, '5000-5001:53-54/udp', '6000-6002:55/udp']").Connectivity.Ports;

        ports.ShouldBe(
            [
                new PublishedPort(53, 5000, null, TransportProtocol.Udp), new PublishedPort(54, 5001, null, TransportProtocol.Udp),
                new PublishedPort(55, 6000, null, TransportProtocol.Udp) { LastHostPort = 6002 }, new PublishedPort(81, 8081, "127.0.0.1"),
            ],
            ignoreOrder: true);
    }

    [Fact]
    public void Ranges_of_exposed_ports_are_taken_apart() => Template("expose: ['9000-9002', '53/udp']").Connectivity.Expose.Order(StringComparer.Ordinal).ShouldBe(["53/udp", "9000/tcp", "9001/tcp", "9002/tcp"]);

    [Fact]
    public void The_network_of_the_highest_priority_comes_first_with_its_own_address()
    {
        var networks = Template("networks: { a: {}, b: { priority: 5, mac_address: '02:42:ac:11:65:43' }, c: { gw_priority: 1 } }", top: "networks: { a: {}, b: {}, c: {} }").Connectivity.Networks;

        networks.Select(n => n.Network.Split('-')[2]).ShouldBe(["c", "b", "a"]);
        networks[1].MacAddress.ShouldBe("02:42:ac:11:65:43");
    }

    [Fact]
    public void A_link_is_an_alias_of_its_target_on_the_networks_both_are_in()
    {
        var wish = Wish("""
            services:
              web: { image: i, links: ["db:database", "db"], networks: [back, front] }
              db: { image: i, networks: [back] }
            networks: { back: {}, front: {} }
            """);

        wish.Find("db")!.Template.Connectivity.Networks.ShouldHaveSingleItem().Aliases.ShouldBe(["db", "database"]);
        wish.Find("web")!.Template.Connectivity.Networks.ShouldAllBe(n => n.Aliases.Count == 1);
    }

    [Fact]
    public void A_bind_keeps_its_options()
    {
        var mounts = Template("volumes: ['/a:/x:ro,Z', { type: bind, source: /b, target: /y, bind: { recursive: disabled, propagation: rslave } }, { type: volume, target: /z, volume: { nocopy: true } }]").Mounts;

        mounts.OfType<MountSpec.Bind>().Single(m => m.Target is "/x").ShouldBe(new MountSpec.Bind("/a", "/x") { ReadOnly = true, CreateHostPath = true, Relabel = "Z" });
        mounts.OfType<MountSpec.Bind>().Single(m => m.Target is "/y").ShouldBe(new MountSpec.Bind("/b", "/y") { CreateHostPath = true, Recursive = "disabled", Propagation = "rslave" });
        mounts.OfType<MountSpec.Volume>().Single().ShouldBe(new MountSpec.Volume(null, "/z") { NoCopy = true });
    }

    [Fact]
    public void A_network_keeps_its_pools()
    {
        var network = Wish("""
            services: { s: { image: i, networks: [n] } }
            networks: { n: { attachable: true, ipam: { driver: default, options: { o: p }, config: [{ subnet: 10.1.0.0/16, gateway: 10.1.0.1, ip_range: 10.1.2.0/24, aux_addresses: { h: 10.1.0.9 } }] } } }
            """).Networks.ShouldHaveSingleItem();

        network.Attachable.ShouldBeTrue();
        network.AddressDriver.ShouldBe("default");
        network.AddressOptions.ShouldBe(EquatableMap.Of(("o", "p")));
        network.Pools.ShouldBe([new AddressPool("10.1.0.0/16") { Gateway = "10.1.0.1", Range = "10.1.2.0/24", Reserved = EquatableMap.Of(("h", "10.1.0.9")) }]);
    }

    [Theory]
    [InlineData("network_mode: 'service:other'", "network_mode")]
    [InlineData("pid: 'service:other'", "pid")]
    [InlineData("ipc: 'service:other'", "ipc")]
    [InlineData("use_api_socket: true", "use_api_socket")]
    [InlineData("volumes: [{ type: image, source: other, target: /x }]", "type image")]
    [InlineData("networks: { default: { interface_name: eth7 } }", "interface_name")]
    [InlineData("deploy: { resources: { reservations: { generic_resources: [{ discrete_resource_spec: { kind: gpu, value: 1 } }] } } }", "generic_resources")]
    public void What_no_driver_can_do_is_refused_with_a_way_out(string keys, string named)
    {
        var problem = Should.Throw<ProblemException>(() => Template(keys)).Problem;

        problem.Name.ShouldBe("driver-cannot");
        problem.Detail.ShouldContain("'docker'");
        problem.Detail.ShouldContain(named);
        problem.Hint.ShouldNotBeEmpty();
    }

    private static InstanceSpec Template(string keys, string davit = "", string top = "")
    {
        var lines = string.Join('\n', keys.Split('\n').Select(l => $"    {l}"));
        return Wish($"services:\n  other: {{ image: i }}\n  s:\n    image: i\n{lines}\n{top}\n", davit).Find("s")!.Template;
    }

    private static Wish Wish(string compose, string davit = "")
    {
        var tree = new MemorySourceTree("/app").With("compose.yaml", compose);
        if (davit is not "")
            tree.With("davit.yaml", $"davit: 1\napp: shop\n{davit}\n");
        var loaded = ManifestLoader.Load(new LoadRequest { Source = tree, ProjectName = "shop" });
        var app = loaded.Manifest ?? throw new InvalidOperationException(string.Join('\n', loaded.Faults));
        var contents = new ReleaseContents { Services = [.. app.Services.Keys.Select(s => new ReleasedService(s, "i@sha256:0"))] };
        return WishBuilder.Build(app, Id.New<ReleaseId>(TimeProvider.System), contents, new WishContext(Owner, "shop", "test"));
    }
}
