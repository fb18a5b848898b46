using Davit.ControlPlane.Tests.Support;
using Davit.Drivers.Memory;

namespace Davit.ControlPlane.Tests.Simulated;

/// <summary>Who has the turn, and who gives way, when several deployments want one environment.</summary>
public sealed class QueueTests(OneServer server) : IClassFixture<OneServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private Installed Installed => server.Installed;

    [Fact]
    public async Task A_later_deployment_says_whom_it_waits_for_and_then_has_its_turn()
    {
        using var shop = await Shop.MakeAsync(Installed, Ct);
        var first = await StartingAsync(shop);
        var second = await shop.DeployAsync(Shop.Image(Image()));
        var waiting = await shop.GetAsync(second);
        ((string)waiting["state"]!, (string)waiting["text"]!).ShouldBe(("waiting", "waiting for deployment #1"));

        (await shop.Http.PostAsync($"{shop.Env}/deployments/{first}/cancel", "", Ct)).ShouldBe(200);
        await shop.LiveAsync(second);
        ((string)(await shop.GetAsync(first))["state"]!).ShouldBe("cancelled");
    }

    [Fact]
    public async Task The_newest_takes_the_place_of_those_that_wait_and_not_of_the_one_that_has_the_turn()
    {
        using var shop = await Shop.MakeAsync(Installed, Ct);
        var first = await StartingAsync(shop);
        var second = await shop.DeployAsync(Shop.Image(Image()));
        var third = await shop.DeployAsync(Shop.Image(Image()), ""","queue":"newest" """);

        var given = await shop.GetAsync(second);
        ((string)given["state"]!, (bool)given["final"]!, (string)given["text"]!).ShouldBe(("superseded", true, $"superseded by {third}"));
        (await shop.ReceiptKindsAsync(second)).ShouldBe(["deployment", "deployment-create"]);
        ((string)(await shop.GetAsync(first))["state"]!).ShouldBe("running");

        (await shop.Http.PostAsync($"{shop.Env}/deployments/{first}/cancel", "", Ct)).ShouldBe(200);
        await shop.LiveAsync(third);
        await shop.ReadyAsync(1);
    }

    [Fact]
    public async Task The_newest_stops_what_is_still_being_made()
    {
        using var shop = await Shop.MakeAsync(Installed, Ct);
        var slow = Image(i => i with { ComesAfter = TimeSpan.FromMinutes(30) });
        var first = await shop.DeployAsync(Shop.Image(slow));
        await Eventually.SeesAsync(() => shop.GetAsync(first), d => (string)d["state"]! is "running", "the first is being made", Ct);
        var second = await shop.DeployAsync(Shop.Image(Image()), ""","queue":"newest" """);

        await shop.LiveAsync(second);
        ((string)(await shop.GetAsync(first))["state"]!).ShouldBe("superseded");
        (await shop.ReceiptKindsAsync(first)).Count(k => k is "deployment").ShouldBe(1);
    }

    [Fact]
    public async Task Releases_that_are_cancelled_just_as_they_fail_leave_the_next_one_unharmed()
    {
        using var shop = await Shop.MakeAsync(Installed, Ct);
        for (var wait = 0; wait < 40; wait++)
        {
            var failing = await shop.DeployAsync(Shop.Image("missing:1"));
            await Task.Delay(TimeSpan.FromMilliseconds(wait), TimeProvider.System, Ct);
            (await shop.Http.PostAsync($"{shop.Env}/deployments/{failing}/cancel", "", Ct)).Status.ShouldBeOneOf(200, 409);
        }

        await shop.LiveAsync(await shop.DeployAsync(Shop.Image(Image())));
        await shop.ReadyAsync(1);
    }

    [Fact]
    public async Task Another_word_for_the_queue_is_refused()
    {
        using var shop = await Shop.MakeAsync(Installed, Ct);
        (await shop.Http.PostAsync($"{shop.Env}/deployments", $$"""{"source":{{Shop.Image("a:1")}},"queue":"some"}""", Ct)).ShouldBeProblem(422, "DV4004");
    }

    /// <summary>A deployment that has the turn and does not get on: its instance does not become ready.</summary>
    private async Task<string> StartingAsync(Shop shop)
    {
        var slow = Image(i => i with { HealthyAfter = TimeSpan.FromMinutes(1) });
        var id = await shop.DeployFilesAsync(
            ("compose.yaml", $"services:\n  web:\n    image: {slow}\n    healthcheck: {{ test: [CMD, check] }}\n"), ("davit.yaml", "davit: 1\nservices:\n  web: { kind: web, port: 8080 }\n"));
        await Eventually.SeesAsync(shop.InstancesAsync, i => i.Length is 1, "an instance of the first", Ct);
        return id;
    }

    private string Image(Func<MemoryImage, MemoryImage>? change = null)
    {
        var image = new MemoryImage($"img{Unique.Digits()}:1");
        Installed.World.Add(change is null ? image : change(image));
        return image.Reference;
    }
}
