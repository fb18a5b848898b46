using System.Security.Cryptography;
using Davit.EndToEnd.Tests.Support;

namespace Davit.EndToEnd.Tests;

/// <summary>Commands in running instances and in throw-away ones.</summary>
[Collection(FirstInstallation.Name)]
public sealed class ExecTests(Platform platform)
{
    private const int FiveMegabytes = 5 << 20;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_command_in_an_instance_gets_its_input_and_gives_back_its_output_and_exit_code()
    {
        var app = new App(platform, "exec").Saying("word");
        await app.UpAsync(Ct);

        var said = await app.DavitAsync("exec", Ct, "web", "--", "sh", "-c", "echo out; echo err >&2; exit 7");
        said.ShouldFail(7).Out.ShouldBe("out\n");
        said.Error.ShouldContain("err");

        var bytes = RandomNumberGenerator.GetBytes(FiveMegabytes);
        var hash = await (app.Davit("exec", ["-i", "web", "--", "busybox", "sha256sum"]) with { Input = bytes }).RunAsync(Ct);
        hash.ShouldSucceed().Out.ShouldStartWith(Convert.ToHexStringLower(SHA256.HashData(bytes)));
        var echoed = await (app.Davit("exec", ["-i", "web", "--", "busybox", "cat"]) with { Input = bytes }).RunAsync(Ct);
        SHA256.HashData(echoed.ShouldSucceed().Output).ShouldBe(SHA256.HashData(bytes));

        var missing = await app.DavitAsync("exec", Ct, "web", "--", "no-such-program");
        missing.ShouldFail(125);
        missing.Error.ShouldContain("no-such-program");

        var terminal = await new Program("script", ["-qec", $"{Binaries.Davit} exec -it --app {app.Name} --env {app.Env} web -- sh -c 'tty; exit 5'", "/dev/null"])
        {
            Variables = app.Davit("exec", []).Variables,
        }.RunAsync(Ct);
        terminal.ShouldFail(5).Out.ShouldContain("/dev/pts/");
    }

    [Fact]
    public async Task A_throw_away_instance_has_the_image_and_environment_of_its_service_and_goes_away()
    {
        var app = new App(platform, "run").Saying("word");
        await app.UpAsync(Ct);

        (await app.DavitAsync("run", Ct, "web", "--", "sh", "-c", "echo is $WORD; exit 3")).ShouldFail(3).Out.ShouldContain("is word");

        await app.SettlesAtAsync(1, Ct);
        await app.ShouldAnswerAsync("word", Ct);
    }
}
