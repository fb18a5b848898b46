using Davit.ControlPlane.Tests.Simulated.Deaths;
using Davit.ControlPlane.Tests.Support;
using Davit.Drivers.Memory;
using Davit.Testing.Postgres;

namespace Davit.ControlPlane.Tests.Simulated;

/// <summary>The release before stays up for a while, so that going back is only a switch. Simulated as <see cref="CanaryTests"/>.</summary>
public sealed class BlueGreenTests(PostgresServer server) : IAsyncLifetime
{
    private const string Long = "strategy: blue-green, keep: 10m";

    private Installed _installed = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _installed = await Installed.StartAsync(server, Ct);
        foreach (var image in (string[])["web:1", "web:2", "web:3"])
            _installed.World.Add(new MemoryImage(image));
    }

    public ValueTask DisposeAsync() => _installed.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Going_back_within_the_keep_time_starts_nothing_also_after_the_server_ended(bool endsMeanwhile)
    {
        using var shop = await Shop.MakeAsync(_installed, Ct);
        await LiveAsync(shop, "web:1", Long);
        var old = (await shop.InstancesAsync()).ShouldHaveSingleItem();
        await LiveAsync(shop, "web:2", Long);
        await RoutedAsync(shop, n => n != old);
        if (endsMeanwhile)
        {
            await _installed.StopServerAsync();
            await _installed.StartServerAsync(Ct);
        }

        (await shop.InstancesAsync()).ShouldContain(old);
        var starts = Starts();
        await shop.LiveAsync(await shop.DeployAsync("""{"kind":"deployment"}"""));

        Starts().ShouldBe(starts);
        await RoutedAsync(shop, n => n == old);
        await shop.ReadyAsync(1);
        (await shop.InstancesAsync()).ShouldBe([old]);
    }

    [Fact]
    public async Task Only_the_release_before_is_kept_and_only_for_the_keep_time()
    {
        using var shop = await Shop.MakeAsync(_installed, Ct);
        await LiveAsync(shop, "web:1", Long);
        var first = (await shop.InstancesAsync()).Single();
        await LiveAsync(shop, "web:2", Long);
        await LiveAsync(shop, "web:3", "strategy: blue-green, keep: 2s");

        await Eventually.SeesAsync(shop.InstancesAsync, i => i.Length is 2 && !i.Contains(first, StringComparer.Ordinal), "the release before the last one goes at once", Ct);
        await shop.ReadyAsync(1);
        _installed.Edge.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_stopped_environment_keeps_nothing_warm()
    {
        using var shop = await Shop.MakeAsync(_installed, Ct);
        await LiveAsync(shop, "web:1", Long);
        await LiveAsync(shop, "web:2", Long);
        (await shop.Http.PutAsync($"{shop.Env}/stopped", """{"stopped":true}""", Ct)).ShouldBe(200);
        await Eventually.SeesAsync(shop.InstancesAsync, i => i.Length is 0, "nothing runs", Ct);
    }

    private static async Task LiveAsync(Shop shop, string image, string rollout) => await shop.LiveAsync(await shop.DeployFilesAsync(Scenario.Takeover(image, rollout)));

    private async Task RoutedAsync(Shop shop, Func<string, bool> holds)
    {
        var env = (await shop.RowAsync()).Id.ToString();
        await Eventually.SeesAsync(() => Task.FromResult(_installed.Edge.Routed(env)), r => r is [var only] && holds(only), "one release is routed", Ct);
    }

    private int Starts() => _installed.World.Calls.Count(c => c.Method is nameof(MemoryDriver.CreateInstanceAsync) or nameof(MemoryDriver.StartInstanceAsync));
}
