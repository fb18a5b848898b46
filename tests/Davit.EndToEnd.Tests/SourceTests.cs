using Davit.EndToEnd.Tests.Support;

namespace Davit.EndToEnd.Tests;

/// <summary>Changes come from more than a directory.</summary>
[Collection(FirstInstallation.Name)]
public sealed class SourceTests(Platform platform)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_branch_and_a_tag_of_a_repository_are_deployed_at_their_commit()
    {
        var app = new App(platform, "git").Saying("tagged");
        var bare = Path.Combine(platform.Home, $"{app.Name}.git");
        await GitAsync(app, "init", "--quiet", "--initial-branch", "main", ".");
        await CommitAsync(app, "first");
        await GitAsync(app, "tag", "v1");
        app.Saying("branched");
        await CommitAsync(app, "second");
        await GitAsync(app, "clone", "--quiet", "--bare", ".", bare);
        var tip = await GitAsync(app, "rev-parse", "main");

        (await app.DavitAsync("up", Ct, "--git", bare, "--ref", "main")).ShouldSucceed();
        await app.ShouldAnswerAsync("branched", Ct);
        ((string)(await app.JsonAsync("releases", Ct))["items"]!.AsArray()[0]!["commit"]!).ShouldBe(tip);

        (await app.DavitAsync("deploy", Ct, "--git", bare, "--ref", "v1")).ShouldSucceed();
        await app.ShouldAnswerAsync("tagged", Ct);

        var missing = await app.DavitAsync("deploy", Ct, "--git", bare, "--ref", "v9");
        missing.ShouldFail().Error.ShouldContain("v9");
        await app.ShouldAnswerAsync("tagged", Ct);
    }

    [Fact]
    public async Task An_image_alone_is_an_app_of_one_service()
    {
        var app = new App(platform, "image");
        var tag = $"{app.Name}:1";
        app.With("Dockerfile", "FROM busybox:1\nRUN mkdir /www && echo imaged > /www/index.html\nEXPOSE 8080\nSTOPSIGNAL SIGKILL\nCMD [\"busybox\", \"httpd\", \"-f\", \"-p\", \"8080\", \"-h\", \"/www\"]\n");
        await Engine.RunAsync(Ct, "build", "--quiet", "--tag", tag, app.Directory);
        try
        {
            (await app.DavitAsync("up", Ct, "--image", tag)).ShouldSucceed();
            await app.ShouldAnswerAsync("imaged", Ct);

            (await app.DavitAsync("delete", Ct, "--confirm", app.Name)).ShouldSucceed();
            (await Engine.RunAsync(Ct, "images", "--quiet", tag)).ShouldNotBeEmpty("an image that somebody else made is not ours to remove");
        }
        finally
        {
            await Engine.RunAsync(Ct, "rmi", "--force", tag);
        }
    }

    private static async Task CommitAsync(App app, string message)
    {
        await GitAsync(app, "add", ".");
        await GitAsync(app, "-c", "user.name=t", "-c", "user.email=t@localhost", "commit", "--quiet", "--message", message);
    }

    private static async Task<string> GitAsync(App app, params string[] arguments) =>
        (await new Program("git", arguments) { Directory = app.Directory }.RunAsync(Ct)).ShouldSucceed().Out.Trim();
}
