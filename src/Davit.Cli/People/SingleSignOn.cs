using System.CommandLine;
using Davit.Cli.Resources;
using Davit.Cli.Shell;
using Davit.Wire;

namespace Davit.Cli.People;

/// <summary><c>davit sso …</c></summary>
internal static class SingleSignOn
{
    private static ResourceKind<ProviderView> Kind { get; } = new("sso", "identity providers of the org", a => $"{a.OrgPath}/sso", WireJson.Default.PageProviderView, ["NAME", "ID", "ISSUER", "CLIENT", "DOMAINS"], p => [p.Name, p.Id, p.Issuer, p.ClientId, string.Join(' ', p.Domains)]);

    public static Command Make() => new Noun("sso", "Look at and set the identity providers that people sign on with.", hasPlural: false)
    {
        new ResourceList<ProviderView>(Kind), new ResourceGet<ProviderView>(Kind), new SsoSet(), new ResourceDelete<ProviderView>(Kind),
    };
}

/// <summary><c>davit sso set NAME</c>: makes it, or changes what is named; the rest stays.</summary>
internal sealed class SsoSet : Verb
{
    private readonly Argument<string> _name = new("name") { Description = "1 to 63 of a–z, 0–9 and '-'." };
    private readonly Option<string?> _issuer = new("--issuer") { Description = "The provider, exactly as it writes itself." };
    private readonly Option<string?> _client = new("--client-id") { Description = "What the provider calls this installation." };
    private readonly Option<bool> _secret = new("--confidential") { Description = "Ask for the secret that goes with it, or read it as a line of standard input." };
    private readonly Option<string[]> _domains = new("--domain") { Description = "A mail domain whose people are let in; may be given more than once.", AllowMultipleArgumentsPerToken = true };
    private readonly Option<bool?> _creates = new("--create-accounts") { Description = "Make accounts for people of these domains who have none." };
    private readonly Option<bool?> _links = new("--link-verified") { Description = "Link accounts that belong to this org alone by their verified address." };
    private readonly Option<string?> _role = new("--default-role") { Description = "For people of no mapped group; without it they are not let in." };
    private readonly Option<string[]> _map = new("--map") { Description = "GROUP=role:ROLE or GROUP=team:TEAM; may be given more than once, replaces those of before.", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string?> _claim = new("--groups-claim") { Description = "The claim that names groups; 'groups' when it was never set." };
    private readonly Option<string[]> _scopes = new("--ask-for") { Description = "A scope to ask the provider for; may be given more than once, replaces those of before.", AllowMultipleArgumentsPerToken = true };
    private readonly Option<bool?> _factors = new("--trust-factors") { Description = "Believe what the provider says of second factors." };

    public SsoSet() : base("set", "Set an identity provider that people of the org sign on with (OpenID Connect).", "davit sso set corp --issuer https://id.example.com --client-id davit --confidential --domain example.com --create-accounts true --default-role member < secret", "davit sso set corp --map eng=role:developer --map eng=team:platform")
    {
        Add(_name);
        foreach (var option in (Option[])[_issuer, _client, _secret, _domains, _creates, _links, _role, _map, _claim, _scopes, _factors])
            Add(option);
    }

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var name = asked.Get(_name)!;
        var all = await asked.Api.GetAsync($"{asked.OrgPath}/sso", WireJson.Default.PageProviderView, ct);
        var before = all.Items.FirstOrDefault(p => p.Name == name);
        var request = new ProviderRequest(Needed(asked, _issuer, before?.Issuer), Needed(asked, _client, before?.ClientId), before?.Version)
        {
            ClientSecret = asked.Get(_secret) ? HiddenInput.Of(asked, "client secret") : null,
            Domains = Given(asked, _domains) ?? before?.Domains ?? [], Creates = asked.Get(_creates) ?? before?.Creates ?? false, LinksVerified = asked.Get(_links) ?? before?.LinksVerified ?? false,
            DefaultRole = asked.Get(_role) ?? before?.DefaultRole, Mappings = Given(asked, _map)?.Select(Mapping).ToList() ?? before?.Mappings ?? [],
            GroupsClaim = asked.Get(_claim) ?? before?.GroupsClaim ?? "groups", Scopes = Given(asked, _scopes) ?? before?.Scopes ?? ["openid", "email", "profile"], TrustsFactors = asked.Get(_factors) ?? before?.TrustsFactors ?? false,
        };
        var answer = await asked.Api.PutAsync($"{asked.OrgPath}/sso/{Invocation.Part(name)}", request, (WireJson.Default.ProviderRequest, WireJson.Default.JsonObject), ct);
        return Answers.Show(asked, answer, $"people sign on with {name} at /v1/sign-on/{asked.Settings.Org.Value}/{name}");
    }

    private static string[]? Given(Invocation asked, Option<string[]> option) => asked.Get(option) is { Length: > 0 } given ? given : null;

    private static string Needed(Invocation asked, Option<string?> option, string? before) => asked.Get(option) ?? before ?? throw new UsageException(Model.CliProblems.Needed(option.Name[2..], option.Name));

    private static GroupMapping Mapping(string text) => text.LastIndexOf('=') is > 0 and var at && text[(at + 1)..].Split(':', 2) is ["role" or "team", { Length: > 0 } name] parts
        ? parts[0] is "role" ? new(text[..at], Role: name) : new(text[..at], Team: name)
        : throw new UsageException(Model.CliProblems.Bad($"'{text}'", "is no mapping", "Write it as: --map GROUP=role:developer or --map GROUP=team:platform"));
}
