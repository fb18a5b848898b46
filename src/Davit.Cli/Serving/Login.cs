using System.CommandLine;
using Davit.Cli.Shell;
using Davit.Model;
using Davit.Wire;

namespace Davit.Cli.Serving;

/// <summary><c>davit login --token-file FILE</c>: the token comes from a file or standard input, never from an argument.</summary>
internal sealed class Login : Verb
{
    private readonly Option<string?> _file = new("--token-file") { Description = "A file that holds the token; standard input when left away." };

    public Login() : base("login", "Keep a token for a server, after trying it.", "davit login --server unix:///var/lib/davit/davitd.sock --token-file /var/lib/davit/owner.token", "davit login --server https://davit.example < token") => Add(_file);

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var token = (asked.Get(_file) is { } file ? await File.ReadAllTextAsync(file, ct) : await Console.In.ReadToEndAsync(ct)).Trim();
        if (token is "")
            throw new UsageException(CliProblems.Bad("The token", "is empty", "Name its file: davit login --token-file FILE"));

        var server = asked.Settings.Server.Value;
        using var client = new Client.DavitClient(asked.Address, token, "", "login-0000");
        var who = await client.GetAsync("v1/whoami", WireJson.Default.WhoView, ct);
        Settings.Save(Settings.CredentialsFile, c => c[server] = token);
        Settings.Save(Settings.ContextFile, c => c["server"] = server);
        asked.Terminal.Say($"signed in to {server} as {who.Actor} of {who.OrgName}");
        return ExitCode.Done;
    }
}

/// <summary><c>davit logout</c></summary>
internal sealed class Logout() : Verb("logout", "Forget the token of a server on this machine.", "davit logout", "davit logout --server https://davit.example")
{
    protected override Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        Settings.Save(Settings.CredentialsFile, c => c.Remove(asked.Settings.Server.Value));
        asked.Terminal.Say($"forgot the token of {asked.Settings.Server.Value}");
        return Task.FromResult(ExitCode.Done);
    }
}
