using Davit.ControlPlane.Tests.Support;
using Davit.Drivers.Memory;

namespace Davit.ControlPlane.Tests;

/// <summary>Pause, resume and maintenance over the API.</summary>
public sealed class TrafficTests(OneServer server) : IClassFixture<OneServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_pause_is_seen_in_the_status_outlives_a_deployment_and_has_an_event_and_a_receipt()
    {
        using var shop = await LiveAsync();
        var env = (await shop.RowAsync()).Id.ToString();

        var paused = (await shop.Http.PutAsync($"{shop.Env}/traffic", """{"mode":"paused","holdSeconds":45}""", Ct)).ShouldBe(200);
        ((string?)paused.Value["mode"], (double)paused.Value["holdSeconds"]!).ShouldBe(("paused", 45));
        ((string?)(await shop.StatusAsync())["traffic"]).ShouldBe("paused");
        await shop.LiveAsync(await shop.DeployAsync("""{"kind":"serving","service":""}"""));
        ((string?)(await shop.StatusAsync())["traffic"]).ShouldBe("paused");

        (await shop.Http.PutAsync($"{shop.Env}/traffic", """{"mode":"maintenance","message":"Back at noon.","allow":["10.0.0.0/8"]}""", Ct)).ShouldBe(200);
        ((string?)(await shop.StatusAsync())["trafficMessage"]).ShouldBe("Back at noon.");
        (await shop.Http.PutAsync($"{shop.Env}/traffic", """{"mode":"serving"}""", Ct)).ShouldBe(200);
        ((string?)(await shop.StatusAsync())["traffic"]).ShouldBe("");

        var receipts = (await shop.Http.GetAsync($"/v1/orgs/default/receipts?subject={env}&limit=200", Ct)).ShouldBe(200).Json["items"]!.AsArray();
        receipts.Count(r => (string?)r!["kind"] is "env-traffic").ShouldBe(3);
        var events = (await shop.Http.GetAsync($"/v1/orgs/default/events?subject={env}&limit=200", Ct)).ShouldBe(200).Text;
        events.Split('\n').Count(e => e.Contains("env.traffic-set", StringComparison.Ordinal)).ShouldBe(3);
    }

    [Theory]
    [InlineData("""{"mode":"closed"}""", 422, "DV5015")]
    [InlineData("""{"mode":"1"}""", 422, "DV5015")]
    [InlineData("""{"mode":"paused","holdSeconds":9999}""", 422, "DV5015")]
    public async Task What_is_no_treatment_of_traffic_is_refused(string body, int status, string code)
    {
        using var shop = await LiveAsync();
        (await shop.Http.PutAsync($"{shop.Env}/traffic", body, Ct)).ShouldBeProblem(status, code);
    }

    [Fact]
    public async Task Nothing_is_paused_where_nothing_serves()
    {
        using var shop = await Shop.MakeAsync(server.Installed, Ct);
        (await shop.Http.PutAsync($"{shop.Env}/traffic", """{"mode":"paused"}""", Ct)).ShouldBeProblem(409, "DV2221");
    }

    private async Task<Shop> LiveAsync()
    {
        var shop = await Shop.MakeAsync(server.Installed, Ct);
        var image = new MemoryImage($"img{Unique.Digits()}:1");
        server.Installed.World.Add(image);
        await shop.LiveAsync(await shop.DeployAsync(Shop.Image(image.Reference)));
        await shop.ReadyAsync(1);
        return shop;
    }
}
