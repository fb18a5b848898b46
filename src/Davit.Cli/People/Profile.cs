using System.CommandLine;
using Davit.Cli.Shell;
using Davit.Wire;

namespace Davit.Cli.People;

/// <summary><c>davit profile …</c></summary>
internal sealed class ProfileShow() : Verb("show", "Show who you are, the orgs you belong to, and your factors.", "davit profile show", "davit profile show --json")
{
    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var me = await asked.Api.GetAsync("v1/me", WireJson.Default.ProfileView, ct);
        if (asked.Terminal.IsJson)
            asked.Terminal.Document(me, WireJson.Default.ProfileView);
        else
            asked.Terminal.Table(["ORG", "ROLE"], me.Orgs.Select(o => (string[])[o.Name, o.Role is "" ? "by grants" : o.Role]));
        asked.Terminal.Say($"{me.User.Email} ({me.User.Name}), {(me.User.HasSecondFactor ? $"second factor on, {me.RecoveryCodesLeft} recovery codes left" : "no second factor")}");
        return ExitCode.Done;
    }
}

internal sealed class ProfilePassword() : Verb("password", "Change your password; every other session ends. Asks for both, or reads them as two lines of standard input.", "davit profile password", "davit profile password < passwords")
{
    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var request = new PasswordRequest(HiddenInput.Of(asked, "present password"), HiddenInput.Of(asked, "wanted password"));
        return Answers.Show(asked, await asked.Api.PutAsync("v1/me/password", request, (WireJson.Default.PasswordRequest, WireJson.Default.JsonObject), ct), "the password is changed, other sessions have ended");
    }
}

internal sealed class ProfileAuthenticator : Verb
{
    private readonly Option<bool> _remove = new("--remove") { Description = "Do without it from now on." };

    public ProfileAuthenticator() : base("authenticator", "Set an authenticator up as second factor: shows the secret, asks for a code, and shows the recovery codes.", "davit profile authenticator", "davit profile authenticator --remove") => Add(_remove);

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        if (asked.Get(_remove))
            return Answers.Show(asked, await asked.Api.DeleteAsync("v1/me/authenticator", WireJson.Default.JsonObject, ct), "signing in needs the password alone now");
        var made = await asked.Api.PostAsync("v1/me/authenticator", WireJson.Default.AuthenticatorView, ct);
        asked.Terminal.Say($"Give this to your authenticator: {made.Secret}\nor open: {made.Address}");
        var codes = await asked.Api.PutAsync("v1/me/authenticator", new CodeRequest(HiddenInput.Of(asked, "code that it shows")), (WireJson.Default.CodeRequest, WireJson.Default.RecoveryCodesView), ct);
        return RecoveryCodes.Show(asked, codes);
    }
}

internal sealed class RecoveryCodes() : Verb("recovery-codes", "Make new recovery codes; the old ones end.", "davit profile recovery-codes", "davit profile recovery-codes --json")
{
    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct) => Show(asked, await asked.Api.PostAsync("v1/me/recovery-codes", WireJson.Default.RecoveryCodesView, ct));

    public static ExitCode Show(Invocation asked, RecoveryCodesView codes)
    {
        if (asked.Terminal.IsJson)
        {
            asked.Terminal.Document(codes, WireJson.Default.RecoveryCodesView);
            return ExitCode.Done;
        }

        asked.Terminal.Say("Keep these where only you find them. Each lets you in once without the authenticator, and none is shown again:");
        asked.Terminal.Answer(string.Join('\n', codes.Codes));
        return ExitCode.Done;
    }
}
