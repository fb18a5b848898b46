using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Davit.EndToEnd.Tests.Support;

namespace Davit.EndToEnd.Tests;

/// <summary>People who sign in, are let do what they may, and nothing else; each with a home directory of their own.</summary>
[Collection(FirstInstallation.Name)]
public sealed class PeopleTests(Platform platform)
{
    private const string Password = "correct horse battery staple 9";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task From_the_first_owner_to_a_pipeline_that_deploys_and_no_further()
    {
        var (org, email) = ("default", $"ben-{Platform.Unique()}@example.com");
        await SetUpAsync();
        (await AsAsync("ann", ["profile", "show"])).ShouldSucceed().Out.ShouldContain("owner");
        var app = new App(platform, "people").Saying("first");
        await app.UpAsync(Ct);

        var token = (await AsAsync("ann", ["member", "invite", email, "--role", "viewer"])).ShouldSucceed().Out.Trim();
        (await AsAsync("ben", ["join", "--email", email, "--name", "Ben"], $"{token}\n{Password}\n")).ShouldSucceed();
        (await AsAsync("ben", ["status", "--app", app.Name])).ShouldSucceed();
        var refused = (await AsAsync("ben", ["scale", "web=2", "--app", app.Name])).ShouldFail();
        refused.Error.ShouldContain("DV4003");
        refused.Error.ShouldContain("env:scale");
        (await AsAsync("ben", ["access", "explain", "--can", "env:scale", "--on", $"default/{app.Name}"])).ShouldSucceed().Out.ShouldStartWith("no: ");

        (await AsAsync("ann", ["grant", "create", email, "developer", "--on", $"default/{app.Name}/production"])).ShouldSucceed();
        (await AsAsync("ben", ["scale", "web=2", "--app", app.Name])).ShouldSucceed();

        (await AsAsync("ann", ["principal", "create", "ci" + Platform.Unique(), "--json"])).ShouldSucceed();
        var principal = (string)JsonNode.Parse((await AsAsync("ann", ["principal", "list", "--json"])).ShouldSucceed().Out)!["items"]!.AsArray()[^1]!["name"]!;
        (await AsAsync("ann", ["grant", "create", principal, "developer", "--kind", "service", "--on", $"default/{app.Name}"])).ShouldSucceed();
        var secret = (await AsAsync("ann", ["token", "create", "ci", "--principal", principal, "--expires", "1d"])).ShouldSucceed().Out.Trim();
        app.Saying("second");
        (await platform.Davit(["deploy", app.Directory, "--app", app.Name, "--env", "production"], ("DAVIT_TOKEN", secret)).RunAsync(Ct)).ShouldSucceed();
        await app.ShouldAnswerAsync("second", Ct);
        app.Saying("third", "    privileged: true");
        (await platform.Davit(["deploy", app.Directory, "--app", app.Name, "--env", "production"], ("DAVIT_TOKEN", secret)).RunAsync(Ct)).ShouldFail().Error.ShouldContain("DV7016");
        await app.ShouldAnswerAsync("second", Ct);
        (await platform.Davit(["member", "list", "--org", org], ("DAVIT_TOKEN", secret)).RunAsync(Ct)).ShouldFail().Error.ShouldContain("member:read");
    }

    [Fact]
    public async Task A_device_is_let_in_by_its_person_and_its_credentials_are_for_nobody_else_to_read()
    {
        await SetUpAsync();
        var email = $"cleo-{Platform.Unique()}@example.com";
        var token = (await platform.DavitAsync(["member", "invite", email], Ct)).ShouldSucceed().Out.Trim();
        (await AsAsync("cleo", ["join", "--email", email, "--name", "Cleo"], $"{token}\n{Password}\n")).ShouldSucceed();

        await LetInAsync("laptop", "cleo");

        (await AsAsync("laptop", ["profile", "show"])).ShouldSucceed().Error.ShouldContain(email);
        (await AsAsync("laptop", ["session", "list"])).ShouldSucceed().Out.ShouldContain("this one");
        var credentials = Path.Combine(Home("laptop"), ".config", "davit", "credentials.json");
        File.GetUnixFileMode(credentials).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        (await AsAsync("laptop", ["logout"])).ShouldSucceed();
        (await AsAsync("laptop", ["profile", "show"])).ShouldFail().Error.ShouldContain("DV4002");
    }

    /// <summary>The first account is the first owner's, whichever test comes first.</summary>
    private async Task SetUpAsync()
    {
        var verb = File.Exists(Path.Combine(platform.Data, "setup.code")) ? (string[])["setup", "--email", "ann@example.com", "--name", "Ann"] : ["login", "--email", "ann@example.com"];
        (await AsAsync("ann", verb, $"{Password}\n")).ShouldSucceed();
    }

    /// <summary>One reads the code that the waiting command shows, the other confirms it.</summary>
    private async Task LetInAsync(string device, string person)
    {
        var asked = Command(device, ["login", "--device"]);
        var start = new ProcessStartInfo(asked.Path, asked.Arguments) { UseShellExecute = false, RedirectStandardError = true };
        foreach (var (name, value) in asked.Variables)
            start.Environment[name] = value;
        using var waiting = Process.Start(start)!;
        var shown = await waiting.StandardError.ReadLineAsync(Ct) ?? "";
        var code = shown.Split(' ').First(w => w.Length is 9 && w[4] is '-');
        (await AsAsync(person, ["device", "approve", code])).ShouldSucceed();
        await waiting.WaitForExitAsync(Ct);
        waiting.ExitCode.ShouldBe(0);
    }

    private string Home(string who) => Path.Combine(platform.Home, $"home-{who}");

    private Task<Ended> AsAsync(string who, string[] arguments, string input = "") => (Command(who, arguments) with { Input = Encoding.UTF8.GetBytes(input) }).RunAsync(Ct);

    private Program Command(string who, string[] arguments)
    {
        Directory.CreateDirectory(Home(who));
        return platform.Davit(arguments, ("HOME", Home(who)), ("XDG_CONFIG_HOME", Path.Combine(Home(who), ".config")), ("DAVIT_TOKEN", ""));
    }
}
