using Davit.EndToEnd.Tests.Support;

namespace Davit.EndToEnd.Tests;

/// <summary>Deleting takes away everything of ours and nothing of anybody else.</summary>
[Collection(FirstInstallation.Name)]
public sealed class DeletionTests(Platform platform)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Deleting_an_app_leaves_nothing_of_it_and_everything_of_others()
    {
        var app = new App(platform, "gone")
            .With("Dockerfile", $"FROM busybox:1\nRUN mkdir /www && echo {Platform.Unique()} > /www/index.html\nEXPOSE 8080\nSTOPSIGNAL SIGKILL\nCMD [\"busybox\", \"httpd\", \"-f\", \"-p\", \"8080\", \"-h\", \"/www\"]\n")
            .With("compose.yaml", "services:\n  web:\n    build: .\n    volumes: [data:/data]\nvolumes: { data: {} }\n")
            .With("davit.yaml", "davit: 1\nservices:\n  web: { kind: web, port: 8080 }\n");
        await app.UpAsync(Ct);
        var id = (string)(await platform.Api.GetAsync($"v1/orgs/default/projects/default/apps/{app.Name}", Ct))["id"]!;
        var image = (string)(await Engine.InspectAsync((await app.InstancesAsync(Ct))[0], Ct))["Image"]!;
        (await Engine.ObjectsAsync($"davit.app={id}", Ct)).Select(o => o.Split(' ')[0]).Order(StringComparer.Ordinal).ShouldBe(["container", "image", "network", "volume"]);

        // Another's objects that look much like ours.
        var foreign = $"{app.Name}-production-other";
        await Engine.RunAsync(Ct, "volume", "create", "--label", "davit.env=env_somebody", foreign);
        await Engine.RunAsync(Ct, "network", "create", foreign);
        await Engine.RunAsync(Ct, "run", "--detach", "--init", "--name", foreign, "--network", foreign, "--volume", $"{foreign}:/data", "--label", "davit.service=web", "busybox:1", "busybox", "sleep", "600");
        try
        {
            (await app.DavitAsync("delete", Ct, "--confirm", "another")).ShouldFail();
            await app.GetAsync("/", Ct);
            (await app.DavitAsync("delete", Ct, "--confirm", app.Name)).ShouldSucceed();

            (await Engine.ObjectsAsync($"davit.app={id}", Ct)).ShouldBeEmpty();
            (await Engine.RunAsync(Ct, "images", "--all", "--quiet", "--no-trunc")).ShouldNotContain(image);
            ((int)(await app.GetAsync("/", Ct)).Status).ShouldBe(404);
            (await Engine.InspectAsync(foreign, Ct))["State"]!["Running"]!.GetValue<bool>().ShouldBeTrue();
            (await Engine.RunAsync(Ct, "volume", "inspect", "--format", "{{.Name}}", foreign)).ShouldBe(foreign);
            (await Engine.RunAsync(Ct, "network", "inspect", "--format", "{{.Name}}", foreign)).ShouldBe(foreign);
        }
        finally
        {
            await Engine.RunAsync(Ct, "rm", "--force", foreign);
            await Engine.RunAsync(Ct, "network", "rm", foreign);
            await Engine.RunAsync(Ct, "volume", "rm", foreign);
        }
    }
}
