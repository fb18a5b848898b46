using System.CommandLine;
using Davit.Cli.Shell;
using Davit.Model;
using Davit.Wire;

namespace Davit.Cli.People;

/// <summary><c>davit setup</c>: makes the first owner of a fresh installation.</summary>
internal sealed class Setup : Verb
{
    private readonly Option<string?> _code = new("--code-file") { Description = "The file that davitd wrote the code into; setup.code beside the socket when it is left away." };
    private readonly Option<string?> _email = new("--email") { Description = "Your mail address." };
    private readonly Option<string?> _name = new("--name") { Description = "Your name." };
    private readonly Option<string?> _org = new("--name-org") { Description = "What the org is to be called." };

    public Setup() : base("setup", "Make the first owner of a fresh installation. Asks for the password, or reads it as a line of standard input.", "davit setup --email ann@example.com --name Ann", "davit setup --email ann@example.com --name Ann --code-file /var/lib/davit/setup.code < password")
    {
        foreach (var option in (Option[])[_code, _email, _name, _org])
            Add(option);
    }

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var email = asked.Get(_email) ?? throw new UsageException(CliProblems.Needed("email", "--email"));
        var file = asked.Get(_code) ?? (asked.Address.IsSocket ? Path.Combine(Path.GetDirectoryName(asked.Address.SocketPath) ?? "", "setup.code") : throw new UsageException(CliProblems.Needed("code", "--code-file")));
        if (!File.Exists(file))
            throw new ProblemException(CliProblems.Unreadable($"'{file}' is not there: either somebody has set up already, or the data directory is another one"));
        var code = (await File.ReadAllTextAsync(file, ct)).Trim();
        var password = HiddenInput.Of(asked, "password");
        var request = new SetupRequest(code, email, asked.Get(_name) ?? email.Split('@')[0], password) { Org = asked.Get(_org) };
        var signed = await asked.Api.PostAsync("v1/setup", request, (WireJson.Default.SetupRequest, WireJson.Default.SignedIn), ct);
        Credentials.Keep(asked.Settings.Server.Value, signed);
        asked.Terminal.Say($"{signed.User.Email} owns the installation now, and is signed in here. Invite others with: davit member invite ADDRESS");
        return ExitCode.Done;
    }
}
