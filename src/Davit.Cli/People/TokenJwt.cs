using System.CommandLine;
using Davit.Cli.Shell;
using Davit.Wire;

namespace Davit.Cli.People;

/// <summary><c>davit token jwt …</c></summary>
internal sealed class TokenJwt : Verb
{
    private readonly Argument<string> _name = new("name") { Description = "What it is listed as." };
    private readonly Option<string?> _audience = new("--audience") { Description = "Who is to take it; this installation when it is left away." };
    private readonly Option<string?> _principal = new("--principal") { Description = "The service principal that it is for; yourself when it is left away." };
    private readonly Option<string[]> _permissions = new("--scope") { Description = "A permission that it may use; may be given more than once; all of its owner's when it is left away.", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string?> _within = new("--within") { Description = "What it is confined to: an id, or project/app/env." };
    private readonly Option<string[]> _networks = new("--network") { Description = "A network that it may be shown from; may be given more than once." };
    private readonly Option<string?> _expires = new("--expires") { Description = "How long it lasts, such as 30m, at most 12h; 12h when it is left away." };

    public TokenJwt() : base("jwt", "Make a token that others can check with the keys at /.well-known/jwks.json. It is shown this once.", "davit token jwt billing --principal billing --audience https://shop.example.com --expires 1h", "davit token jwt ci --scope deployment:create --within default/shop/staging")
    {
        Add(_name);
        foreach (var option in (Option[])[_audience, _principal, _permissions, _within, _networks, _expires])
            Add(option);
    }

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var request = new JwtRequest(asked.Get(_name)!)
        {
            Audience = asked.Get(_audience), Principal = asked.Get(_principal), Permissions = asked.Get(_permissions) is { Length: > 0 } some ? some : null, Within = asked.Get(_within), Networks = asked.Get(_networks) ?? [], ExpiresAt = Ends.Of("--expires", asked.Get(_expires)),
        };
        var made = await asked.Api.PostAsync($"{asked.OrgPath}/jwts", request, (WireJson.Default.JwtRequest, WireJson.Default.JsonObject), ct);
        return Answers.ShowSecret(asked, made, (string?)made["value"]?["secret"] ?? "", "The token, shown this once. Revoke it with: davit token revoke ID");
    }
}
