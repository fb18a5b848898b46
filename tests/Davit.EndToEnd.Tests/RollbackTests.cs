using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Davit.EndToEnd.Tests.Support;

namespace Davit.EndToEnd.Tests;

/// <summary>Going back brings back exactly what ran.</summary>
[Collection(FirstInstallation.Name)]
public sealed partial class RollbackTests(Platform platform)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_rollback_runs_the_same_instances_as_before()
    {
        var app = new App(platform, "back");
        var made = new List<JsonObject>();
        foreach (var word in (string[])["one", "two", "three"])
        {
            await app.Saying(word, more: $"    mem_limit: {(word is "one" ? 48 : 64)}m").UpAsync(Ct);
            await app.ShouldAnswerAsync(word, Ct);
            made.Add(await SpecAsync(app));
        }

        (await app.DavitAsync("rollback", Ct)).ShouldSucceed().Error.ShouldContain("live release 2");
        await app.ShouldAnswerAsync("two", Ct);
        (await SpecAsync(app)).ToJsonString().ShouldBe(made[1].ToJsonString());

        (await app.DavitAsync("rollback", Ct, "--to", "1")).ShouldSucceed();
        await app.ShouldAnswerAsync("one", Ct);
        (await SpecAsync(app)).ToJsonString().ShouldBe(made[0].ToJsonString());

        (await app.DavitAsync("rollback", Ct, "--to", "99")).ShouldFail().Error.ShouldContain("99");
        (await app.DavitAsync("deployments", Ct)).ShouldSucceed().Out.ShouldContain("rollback");
    }

    /// <summary>Everything the engine was asked for, without what names this one instance.</summary>
    private static async Task<JsonObject> SpecAsync(App app)
    {
        var container = (await app.SettlesAtAsync(1, Ct))[0];
        var seen = await Engine.InspectAsync(container, Ct);
        var spec = new JsonObject { ["Config"] = seen["Config"]!.DeepClone(), ["HostConfig"] = seen["HostConfig"]!.DeepClone() };
        var config = spec["Config"]!.AsObject();
        config.Remove("Hostname");
        var labels = config["Labels"]!.AsObject();
        foreach (var label in labels.Where(l => Id().IsMatch((string)l.Value!)).Select(l => l.Key).ToList())
            labels.Remove(label);
        labels.ContainsKey("davit.spec").ShouldBeTrue();
        return spec;
    }

    [GeneratedRegex("^(ins|dep|rel)_[0-9a-f]{32}$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Id();
}
