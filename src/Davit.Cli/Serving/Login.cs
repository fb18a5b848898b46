using System.CommandLine;
using Davit.Cli.People;
using Davit.Cli.Shell;
using Davit.Model;
using Davit.Wire;

namespace Davit.Cli.Serving;

/// <summary><c>davit login</c>: with a token from a file or standard input, with a password, or by letting somebody with a browser say yes. Nothing secret stands in an argument.</summary>
internal sealed class Login : Verb
{
    private readonly Option<string?> _file = new("--token-file") { Description = "A file that holds a token; standard input when neither this nor another way is named." };
    private readonly Option<string?> _email = new("--email") { Description = "Sign in with a password, and a code where there is a second factor: asked for, or lines of standard input." };
    private readonly Option<bool> _device = new("--device") { Description = "Show a code that you confirm where you are signed in already." };

    public Login() : base("login", "Sign in to a server and keep that on this machine.", "davit login --server https://davit.example --device", "davit login --server unix:///var/lib/davit/davitd.sock --token-file /var/lib/davit/owner.token")
    {
        foreach (var option in (Option[])[_file, _email, _device])
            Add(option);
    }

    protected override Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct) =>
        asked.Get(_device) ? DeviceAsync(asked, ct) : asked.Get(_email) is { } email ? PasswordAsync(asked, email, ct) : TokenAsync(asked, ct);

    private async Task<ExitCode> TokenAsync(Invocation asked, CancellationToken ct)
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

    private static async Task<ExitCode> PasswordAsync(Invocation asked, string email, CancellationToken ct)
    {
        using var client = new Client.DavitClient(asked.Address, "", "", "login-0000");
        var request = new SignInRequest(email, HiddenInput.Of(asked, "password")) { Device = Environment.MachineName };
        SignedIn signed;
        try
        {
            signed = await EnterAsync(client, request, ct);
        }
        catch (ProblemException e) when (e.Problem.Name is "second-factor-needed")
        {
            signed = await EnterAsync(client, request with { Code = HiddenInput.Of(asked, "code of your second factor") }, ct);
        }

        return Kept(asked, signed);
    }

    private static Task<SignedIn> EnterAsync(Client.DavitClient client, SignInRequest request, CancellationToken ct) =>
        client.PostAsync("v1/sessions", request, (WireJson.Default.SignInRequest, WireJson.Default.SignedIn), ct);

    private static async Task<ExitCode> DeviceAsync(Invocation asked, CancellationToken ct)
    {
        using var client = new Client.DavitClient(asked.Address, "", "", "login-0000");
        var device = await client.AuthoriseDeviceAsync(Environment.MachineName, ct);
        asked.Terminal.Say($"Confirm the code {device.UserCode} where you are signed in: davit device approve {device.UserCode}");
        var pause = TimeSpan.FromSeconds(device.Interval);
        while (true)
        {
            await Task.Delay(pause, TimeProvider.System, ct);
            using var form = new FormUrlEncodedContent([new("grant_type", "urn:ietf:params:oauth:grant-type:device_code"), new("device_code", device.DeviceCode)]);
            var (answer, refusal) = await client.TryTokenAsync(form, ct);
            if (answer is not null)
            {
                var until = TimeProvider.System.GetUtcNow().AddSeconds(answer.ExpiresIn);
                return Kept(asked, new SignedIn("", new UserView("", "", "", false, false), until) { AccessToken = answer.AccessToken, RefreshToken = answer.RefreshToken });
            }

            if (refusal!.Error is "slow_down")
                pause += TimeSpan.FromSeconds(device.Interval);
            else if (refusal.Error is not "authorization_pending")
                throw new ProblemException(AccessProblems.NoDevice(device.UserCode));
        }
    }

    private static ExitCode Kept(Invocation asked, SignedIn signed)
    {
        Credentials.Keep(asked.Settings.Server.Value, signed);
        asked.Terminal.Say($"signed in to {asked.Settings.Server.Value}{(signed.User.Email is "" ? "" : $" as {signed.User.Email}")}");
        return ExitCode.Done;
    }
}

/// <summary><c>davit logout</c></summary>
internal sealed class Logout() : Verb("logout", "Sign out of a server, and forget what this machine kept of it.", "davit logout", "davit logout --server https://davit.example")
{
    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        if (Settings.Kept(asked.Settings.Server.Value) is System.Text.Json.Nodes.JsonObject)
            await EndAsync(asked, ct);
        Settings.Save(Settings.CredentialsFile, c => c.Remove(asked.Settings.Server.Value));
        asked.Terminal.Say($"forgot the token of {asked.Settings.Server.Value}");
        return ExitCode.Done;
    }

    /// <summary>What is kept is forgotten also when the server cannot be asked to end it.</summary>
    private static async Task EndAsync(Invocation asked, CancellationToken ct)
    {
        try
        {
            await asked.Api.DeleteAsync("v1/sessions/current", WireJson.Default.JsonObject, ct);
        }
        catch (ProblemException e)
        {
            asked.Terminal.Say($"the session goes on at the server, until it runs out: {e.Problem.Detail}");
        }
    }
}
