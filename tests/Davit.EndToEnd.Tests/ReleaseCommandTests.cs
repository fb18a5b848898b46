using Davit.EndToEnd.Tests.Support;

namespace Davit.EndToEnd.Tests;

/// <summary>Commands that belong to a release run once, before anything is replaced.</summary>
[Collection(SecondInstallation.Name)]
public sealed class ReleaseCommandTests(Platform platform)
{
    private const string Keeps = "    volumes: [ledger:/ledger]\nvolumes: { ledger: {} }";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_command_that_fails_stops_the_rollout_and_a_good_one_runs_exactly_once()
    {
        var app = new App(platform, "migrate").Saying("one", Keeps);
        Migrates(app, "echo first >> /ledger/rows");
        await app.UpAsync(Ct);
        await app.ShouldAnswerAsync("one", Ct);

        app.Saying("two", Keeps);
        Migrates(app, "echo second >> /ledger/rows; echo the column is gone; exit 4");
        var failed = (await app.DeployAsync(Ct)).ShouldFail().Error;
        failed.ShouldContain("error DV2210");
        failed.ShouldContain("exit code 4");
        failed.ShouldContain("the column is gone");
        await app.ShouldAnswerAsync("one", Ct);

        app.Saying("three", Keeps);
        Migrates(app, "echo third >> /ledger/rows");
        (await app.DeployAsync(Ct)).ShouldSucceed();
        await app.ShouldAnswerAsync("three", Ct);
        (await app.DavitAsync("exec", Ct, "web", "--", "busybox", "cat", "/ledger/rows")).ShouldSucceed().Out.ShouldBe("first\nsecond\nthird\n");
    }

    private static void Migrates(App app, string script) => app.With("davit.yaml", $"""
        davit: 1
        services:
          web: {"{"} kind: web, port: 8080, health: {"{"} path: /, startup: 10s {"}"} {"}"}
        release:
          - {"{"} name: migrate, service: web, command: [sh, -c, "{script}"], when: before, backward: true {"}"}
        """);
}
