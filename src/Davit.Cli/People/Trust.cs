using System.CommandLine;
using System.Globalization;
using Davit.Cli.Resources;
using Davit.Cli.Shell;
using Davit.Client;
using Davit.Model;
using Davit.Wire;

namespace Davit.Cli.People;

/// <summary><c>davit trust …</c></summary>
internal static class Trust
{
    private static ResourceKind<TrustView> Kind { get; } = new("trust", "trust rules of the org", a => $"{a.OrgPath}/trust-rules", WireJson.Default.PageTrustView, ["NAME", "ID", "OF", "ISSUER", "CLAIMS", "ON"],
        t => [t.Name, t.Id, t.Principal, t.Issuer, string.Join(' ', t.Claims.Select(c => $"{c.Key}={c.Value}")), t.On ?? ""]);

    public static Command Make() => new Noun("trust", "Let CI jobs in by the identity tokens that they have, without a secret.", hasPlural: false)
    {
        new ResourceList<TrustView>(Kind), new ResourceGet<TrustView>(Kind), new TrustCreate(), new ResourceDelete<TrustView>(Kind),
    };
}

internal sealed class TrustCreate : Verb
{
    private readonly Argument<string> _name = new("name") { Description = "1 to 63 of a–z, 0–9 and '-'." };
    private readonly Option<string?> _principal = new("--principal") { Description = "The service principal that tokens are given of." };
    private readonly Option<string?> _issuer = new("--issuer") { Description = "Who signs the tokens of the jobs." };
    private readonly Option<string?> _audience = new("--audience") { Description = "Whom those tokens must be for." };
    private readonly Option<string[]> _claims = new("--claim") { Description = "NAME=VALUE that they must say, with * for any run of characters; may be given more than once.", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string?> _role = new("--role") { Description = "A role whose permissions the given tokens are confined to." };
    private readonly Option<string?> _on = new("--on") { Description = "What they are confined to: an id, or project/app/env." };
    private readonly Option<int?> _life = new("--life") { Description = "How many seconds they last, 60 to 3600; 900 when it is left away." };

    public TrustCreate() : base("create", "Make a rule by which identity tokens are exchanged for short tokens of a service principal.",
        "davit trust create shop-ci --principal ci --issuer https://token.actions.githubusercontent.com --audience davit --claim repository=acme/shop --claim ref=refs/heads/main --role developer --on default/shop/staging",
        "davit trust create nightly --principal ci --issuer https://gitlab.com --audience davit --claim project_path=acme/shop --life 300")
    {
        Add(_name);
        foreach (var option in (Option[])[_principal, _issuer, _audience, _claims, _role, _on, _life])
            Add(option);
    }

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var claims = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var text in asked.Get(_claims) ?? [])
        {
            if (text.Split('=', 2) is not [{ Length: > 0 } claim, { Length: > 0 } value] || !claims.TryAdd(claim, value))
                throw new UsageException(CliProblems.Bad($"'{text}'", "is no claim, or was given before", "Write it as: --claim repository=acme/shop"));
        }

        var request = new TrustRequest(asked.Get(_name)!, Needed(asked, _principal), Needed(asked, _issuer), Needed(asked, _audience), claims) { Role = asked.Get(_role), On = asked.Get(_on), LifeSeconds = asked.Get(_life) ?? 900 };
        var made = await asked.Api.PostAsync($"{asked.OrgPath}/trust-rules", request, (WireJson.Default.TrustRequest, WireJson.Default.JsonObject), ct);
        return Answers.Show(asked, made, $"made {(string?)made["value"]?["id"]}; in the job: davit token exchange {(string?)made["value"]?["id"]} --id-token-file FILE");
    }

    private static string Needed(Invocation asked, Option<string?> option) => asked.Get(option) ?? throw new UsageException(CliProblems.Needed(option.Name[2..], option.Name));
}

/// <summary><c>davit token exchange RULE</c>: needs no sign-in, the identity token is one.</summary>
internal sealed class TokenExchange : Verb
{
    private readonly Argument<string> _rule = new("rule") { Description = "The id of the trust rule." };
    private readonly Option<string?> _file = new("--id-token-file") { Description = "The file with the job's identity token; a line of standard input when it is left away." };

    public TokenExchange() : base("exchange", "Exchange a CI job's identity token for a short token of a service principal.", "davit token exchange trl_0190a0 --id-token-file id-token", "davit token exchange trl_0190a0 < id-token")
    {
        Add(_rule);
        Add(_file);
    }

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        if (asked.Get(_file) is { } named && !File.Exists(named))
            throw new ProblemException(CliProblems.Unreadable($"'{named}' is not there"));
        var token = asked.Get(_file) is { } file ? (await File.ReadAllTextAsync(file, ct)).Trim() : HiddenInput.Of(asked, "identity token");
        using var client = new DavitClient(asked.Address, "", "", "exchange-0");
        using var form = new FormUrlEncodedContent(
        [
            new("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"), new("subject_token", token), new("subject_token_type", "urn:ietf:params:oauth:token-type:id_token"), new("audience", asked.Get(_rule)!),
        ]);
        var (answer, refusal) = await client.TryTokenAsync(form, ct);
        if (answer is null)
            throw new ProblemException(AccessProblems.ProviderNotAccepted($"{refusal!.Error}: {refusal.Description}"));
        asked.Terminal.Say(string.Create(CultureInfo.InvariantCulture, $"A token for {answer.ExpiresIn} seconds, shown this once. Use it as DAVIT_TOKEN."));
        asked.Terminal.Answer(answer.AccessToken);
        return ExitCode.Done;
    }
}
