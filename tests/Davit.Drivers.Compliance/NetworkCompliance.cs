using System.Net;
using System.Net.Sockets;
using Davit.Drivers.Instances;
using Davit.Model;
using Davit.Planning.Instances;

namespace Davit.Drivers.Compliance;

public abstract class NetworkCompliance : DriverCompliance
{
    [Fact]
    public async Task A_network_is_made_once_and_removed_twice()
    {
        Needs(DriverCapabilities.Networks);
        var spec = new NetworkSpec(Bed.Name("net"), Bed.Owner with { Service = null });

        var first = await Driver.EnsureNetworkAsync(spec, Ct);
        var second = await Driver.EnsureNetworkAsync(spec, Ct);

        second.RuntimeId.ShouldBe(first.RuntimeId);
        second.Owner.ShouldBe(spec.Owner);
        (await Driver.ObserveAsync(Bed.All, Ct)).Networks.ShouldHaveSingleItem().Name.ShouldBe(spec.Name);
        await Driver.RemoveNetworkAsync(spec.Name, Ct);
        await Driver.RemoveNetworkAsync(spec.Name, Ct);
        (await Driver.ObserveAsync(Bed.All, Ct)).Networks.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_network_in_use_stays()
    {
        Needs(DriverCapabilities.Networks);
        var network = await NetworkAsync();
        await RunAsync(On(Bed.Spec(new Workload.Idles()), network));

        (await ProblemOfAsync(() => Driver.RemoveNetworkAsync(network.Name, Ct))).Name.ShouldBe("network-in-use");
        (await Driver.ObserveAsync(Bed.All, Ct)).Networks.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_network_of_another_installation_is_not_adopted()
    {
        Needs(DriverCapabilities.Networks);
        var network = await NetworkAsync();
        var stranger = Id.New<InstallationId>(TimeProvider.System);

        var problem = await ProblemOfAsync(() => Bed.Open(stranger).EnsureNetworkAsync(network with { Owner = network.Owner with { Installation = stranger } }, Ct));

        problem.Name.ShouldBe("name-taken");
    }

    [Fact]
    public async Task An_unknown_network_makes_no_running_instance()
    {
        Needs(DriverCapabilities.Networks);
        var spec = On(Bed.Spec(new Workload.Idles()), new(Bed.Name("nowhere"), Bed.Owner));

        (await ProblemOfAsync(() => RunAsync(spec))).Name.ShouldBe("network-failed");
    }

    [Fact]
    public async Task An_instance_has_an_address_on_each_of_its_networks()
    {
        Needs(DriverCapabilities.Networks);
        var (one, two) = (await NetworkAsync(), await NetworkAsync());

        var sight = await RunAsync(On(On(Bed.Spec(new Workload.Idles()), one), two));

        sight.Addresses.Select(a => a.Network).Order(StringComparer.Ordinal).ShouldBe(new[] { one.Name, two.Name }.Order(StringComparer.Ordinal));
        sight.Addresses.ShouldAllBe(a => a.Ipv4 != null && a.Ipv4.Split('.', StringSplitOptions.None).Length == 4);
    }

    [Fact]
    public async Task Aliases_resolve_on_their_network()
    {
        Needs(DriverCapabilities.Networks | DriverCapabilities.RealProcesses);
        var network = await NetworkAsync();
        var db = await RunAsync(On(Bed.Spec(new Workload.Idles()), network, "db", "database"));

        var output = await OutputOfAsync(On(Bed.Spec(new Workload.Script("for name in db database; do nslookup $name; done; true")), network));

        output.Split(db.Addresses[0].Ipv4!).Length.ShouldBeGreaterThanOrEqualTo(3, output);
    }

    [Fact]
    public async Task Environments_reach_each_other_neither_by_name_nor_by_address()
    {
        Needs(DriverCapabilities.Networks | DriverCapabilities.RealProcesses);
        var (one, two) = (await NetworkAsync(), await NetworkAsync());
        var server = await RunAsync(On(Bed.Spec(new Workload.Script("while :; do echo hello | nc -l -p 7000; done")), one, "web"));
        var address = server.Addresses[0].Ipv4!;
        var talk = $"echo | timeout 3 nc {address} 7000; echo code $?; timeout 3 nslookup web >/dev/null 2>&1 && echo resolved";

        await EventuallyAsync(() => OutputOf(one, talk), o => o.Contains("hello", StringComparison.Ordinal));
        (await OutputOf(one, talk)).ShouldContain("resolved");
        var outside = await OutputOf(two, talk + "; true");

        outside.ShouldNotContain("hello");
        outside.ShouldNotContain("resolved");

        async Task<string> OutputOf(NetworkSpec network, string script) => await OutputOfAsync(On(Bed.Spec(new Workload.Script(script + "; true")), network));
    }

    [Fact]
    public async Task An_internal_network_is_seen_as_one()
    {
        Needs(DriverCapabilities.Networks);
        await NetworkAsync(isInternal: true);

        (await Driver.ObserveAsync(Bed.All, Ct)).Networks.ShouldHaveSingleItem().Internal.ShouldBeTrue();
    }

    [Fact]
    public async Task A_network_with_ipv6_gives_unique_local_addresses()
    {
        Needs(DriverCapabilities.Networks | DriverCapabilities.RealProcesses);
        var network = await NetworkAsync(hasIpv6: true);

        var sight = await RunAsync(On(Bed.Spec(new Workload.Idles()), network));

        IPAddress.Parse(sight.Addresses[0].Ipv6.ShouldNotBeNull()).IsIPv6UniqueLocal.ShouldBeTrue();
    }

    [Fact]
    public async Task A_published_port_leads_inside()
    {
        Needs(DriverCapabilities.PublishedPorts | DriverCapabilities.RealProcesses);
        var spec = On(Bed.Spec(new Workload.Script("while :; do echo ahoy | nc -l -p 7000; done")), await NetworkAsync());
        var sight = await RunAsync(spec with { Connectivity = spec.Connectivity with { Ports = [new(7000, 0, "127.0.0.1")] } });

        var port = sight.Ports.ShouldHaveSingleItem();

        port.ContainerPort.ShouldBe(7000);
        port.HostPort.ShouldBeGreaterThan(0);
        // Asked from the network of the engine's machine, which need not be that of the test.
        var visitor = Bed.Spec(new Workload.Script($"echo | timeout 3 nc 127.0.0.1 {port.HostPort}; true"));
        await EventuallyAsync(() => OutputOfAsync(visitor with { Name = Bed.Name("visitor"), Connectivity = new() { Mode = "host" } }), g => g.Trim() is "ahoy");
    }

    [Fact]
    public async Task A_taken_port_is_named_as_such()
    {
        Needs(DriverCapabilities.PublishedPorts);
        var network = await NetworkAsync();
        var first = On(Bed.Spec(new Workload.Idles()), network);
        var sight = await RunAsync(first with { Connectivity = first.Connectivity with { Ports = [new(80, FreePort(), "127.0.0.1")] } });
        var second = On(Bed.Spec(new Workload.Idles()), network);
        second = second with { Connectivity = second.Connectivity with { Ports = [new(80, sight.Ports[0].HostPort, "127.0.0.1")] } };
        await Driver.CreateInstanceAsync(second, Ct);

        (await ProblemOfAsync(() => Driver.StartInstanceAsync(second.Name, Ct))).Name.ShouldBe("port-taken");

        await Driver.RemoveInstanceAsync(first.Name, Ct);
        (await Driver.StartInstanceAsync(second.Name, Ct)).State.ShouldBeOfType<InstanceState.Running>();
    }

    [Fact]
    public async Task Without_networks_there_is_no_network()
    {
        Needs(DriverCapabilities.Networks | DriverCapabilities.RealProcesses);

        (await OutputOfAsync(Bed.Spec(new Workload.Script("ls /sys/class/net")))).ShouldBe("lo");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
