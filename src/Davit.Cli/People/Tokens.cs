using System.CommandLine;
using System.Text.Json.Serialization.Metadata;
using Davit.Cli.Looking;
using Davit.Cli.Resources;
using Davit.Cli.Shell;
using Davit.Wire;

namespace Davit.Cli.People;

/// <summary><c>davit token …</c></summary>
internal sealed class TokenList() : ListVerb<TokenView>("list", "List tokens: your own, or everybody's for those who may see them.", "davit token list", "davit token list --json")
{
    protected override string[] Head => ["ID", "NAME", "OF", "BEGINS", "MAY", "WITHIN", "LAST USED", "UNTIL"];

    protected override JsonTypeInfo<Page<TokenView>> Form => WireJson.Default.PageTokenView;

    protected override Task<string> PathAsync(Invocation asked, CancellationToken ct) => Task.FromResult($"{asked.OrgPath}/tokens");

    protected override string[] Row(TokenView item, Terminal terminal) =>
        [item.Id, item.Name, item.Owner, item.Hint, item.Permissions is { } some ? string.Join(",", some) : "all its owner may", item.Within ?? "", item.LastUsedAt is { } used ? When(used, terminal) : "never", item.ExpiresAt is { } until ? When(until, terminal) : "revoked"];
}

internal sealed class TokenCreate : Verb
{
    private readonly Argument<string> _name = new("name") { Description = "What it is listed as." };
    private readonly Option<string?> _principal = new("--principal") { Description = "The service principal that it is for; yourself when it is left away." };
    private readonly Option<string[]> _permissions = new("--scope") { Description = "A permission that it may use; may be given more than once; all of its owner's when it is left away.", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string?> _within = new("--within") { Description = "What it is confined to: an id, or project/app/env." };
    private readonly Option<string[]> _networks = new("--network") { Description = "A network that it may be shown from; may be given more than once." };
    private readonly Option<string?> _expires = new("--expires") { Description = "How long it lasts, such as 30d, at most 366d; 90d when it is left away." };

    public TokenCreate() : base("create", "Make a token. It is shown this once.", "davit token create ci --principal ci --within default/shop/staging --expires 30d", "davit token create laptop --scope deployment:read --scope log:read")
    {
        Add(_name);
        foreach (var option in (Option[])[_principal, _permissions, _within, _networks, _expires])
            Add(option);
    }

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var request = new TokenRequest(asked.Get(_name)!)
        {
            Principal = asked.Get(_principal), Permissions = asked.Get(_permissions) is { Length: > 0 } some ? some : null, Within = asked.Get(_within), Networks = asked.Get(_networks) ?? [], ExpiresAt = Ends.Of("--expires", asked.Get(_expires)),
        };
        var made = await asked.Api.PostAsync($"{asked.OrgPath}/tokens", request, (WireJson.Default.TokenRequest, WireJson.Default.JsonObject), ct);
        return Answers.ShowSecret(asked, made, (string?)made["value"]?["secret"] ?? "", "The token, shown this once. Use it as DAVIT_TOKEN, or: davit login --token-file FILE");
    }
}

internal sealed class TokenRevoke : Verb
{
    private readonly Argument<string> _id = new("id") { Description = "Its id." };

    public TokenRevoke() : base("revoke", "Revoke a token; it stands for nobody from then on.", "davit token revoke key_0190a0", "davit token revoke key_0190a0 --json") => Add(_id);

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct) =>
        Answers.Show(asked, await asked.Api.DeleteAsync($"{asked.OrgPath}/tokens/{Invocation.Part(asked.Get(_id)!)}", WireJson.Default.JsonObject, ct), "revoked");
}

internal sealed class TokenRevokeAll : Verb
{
    private readonly Argument<string> _of = new("of") { Description = "The address of a member, or the name of a service principal." };

    public TokenRevokeAll() : base("revoke-all", "Revoke every token of somebody in the org, JWTs too.", "davit token revoke-all ci", "davit token revoke-all ann@example.com") => Add(_of);

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var answer = await asked.Api.DeleteAsync($"{asked.OrgPath}/tokens?of={Invocation.Part(asked.Get(_of)!)}", WireJson.Default.JsonObject, ct);
        return Answers.Show(asked, answer, $"revoked {answer["value"]}");
    }
}

/// <summary><c>davit principal …</c></summary>
internal static class Principals
{
    public static ResourceKind<PrincipalView> Kind { get; } = new("principal", "service principals of the org", a => $"{a.OrgPath}/principals", WireJson.Default.PagePrincipalView, ["NAME", "ID", "DESCRIPTION"], p => [p.Name, p.Id, p.Description]);
}

/// <summary><c>davit env protect</c> and <c>unprotect</c></summary>
internal sealed class Protection : Verb
{
    private readonly Argument<string> _env = new("env") { Description = "Its name or id." };
    private readonly bool _protects;

    public Protection(string name, string description, bool protects) : base(name, description, $"davit env {name} production", $"davit env {name} production --app shop")
    {
        _protects = protects;
        Add(_env);
    }

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var path = $"{asked.AppPath}/envs/{Invocation.Part(asked.Get(_env)!)}/protection";
        return Answers.Show(asked, await asked.Api.PutAsync(path, new ProtectionRequest(_protects), (WireJson.Default.ProtectionRequest, WireJson.Default.JsonObject), ct), $"{asked.Get(_env)} is {(_protects ? "" : "not ")}protected");
    }
}
