using System.Net;
using Davit.Drivers.Compliance;
using Davit.Drivers.Docker.Tests.Compliance;
using Davit.Drivers.Docker.Tests.Engines;
using Davit.Planning.Instances;

namespace Davit.Drivers.Docker.Tests.Driver;

/// <summary>A real engine whose own addresses are enough for one network.</summary>
public sealed class AddressTests : IAsyncLifetime
{
    private static readonly IPNetwork Ours = IPNetwork.Parse("10.200.0.0/13");

    private PrivateEngine _engine = null!;
    private DockerBed _bed = null!;
    private IRuntimeDriver _driver = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _engine = await PrivateEngine.StartOrSkipAsync(new(null, "--default-address-pool", "base=172.30.0.0/23,size=24"), Ct);
        _bed = new(_engine.Endpoint);
        _driver = _bed.Open();
    }

    public async ValueTask DisposeAsync()
    {
        if (_bed is not null)
            await _bed.DisposeAsync();
        if (_engine is not null)
            await _engine.DisposeAsync();
    }

    [Fact]
    public async Task Networks_get_blocks_of_their_own_when_the_engine_has_no_addresses_left()
    {
        var specs = Enumerable.Range(0, 6).Select(_ => new NetworkSpec(_bed.Name("net"), _bed.Owner)).ToList();

        var made = await Task.WhenAll(specs.Select(s => _driver.EnsureNetworkAsync(s, Ct)));

        var subnets = made.Select(n => IPNetwork.Parse(n.Subnets.ShouldHaveSingleItem())).ToList();
        subnets.Distinct().Count().ShouldBe(specs.Count);
        subnets.Count(s => Ours.Contains(s.BaseAddress) && s.PrefixLength is 22).ShouldBe(specs.Count - 1);

        var network = made.First(n => Ours.Contains(IPNetwork.Parse(n.Subnets[0]).BaseAddress));
        var idles = _bed.Spec(new Workload.Idles());
        var spec = idles with { Connectivity = idles.Connectivity with { Networks = [new NetworkAttachment(network.Name, [])] } };
        await _driver.CreateInstanceAsync(spec, Ct);
        await _driver.StartInstanceAsync(spec.Name, Ct);
        var instance = (await _driver.ObserveAsync(_bed.All, Ct)).Instances.ShouldHaveSingleItem();
        Ours.Contains(IPAddress.Parse(instance.Addresses.ShouldHaveSingleItem().Ipv4!)).ShouldBeTrue();
    }
}
