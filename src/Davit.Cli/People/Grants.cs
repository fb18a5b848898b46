using System.CommandLine;
using System.Text.Json.Serialization.Metadata;
using Davit.Cli.Looking;
using Davit.Cli.Shell;
using Davit.Wire;

namespace Davit.Cli.People;

/// <summary><c>davit grant …</c></summary>
internal sealed class GrantList : ListVerb<GrantView>
{
    private readonly Option<string?> _on = new("--on") { Description = "Only those on this: an id, or project/app/env." };

    public GrantList() : base("list", "List the grants of the org.", "davit grant list", "davit grant list --on default/shop/production") => Add(_on);

    protected override string[] Head => ["ID", "TO", "KIND", "ROLE", "ON", "", "UNTIL", "REASON"];

    protected override JsonTypeInfo<Page<GrantView>> Form => WireJson.Default.PageGrantView;

    protected override Task<string> PathAsync(Invocation asked, CancellationToken ct) =>
        Task.FromResult($"{asked.OrgPath}/grants{(asked.Get(_on) is { } on ? $"?on={Invocation.Part(on)}" : "")}");

    protected override string[] Row(GrantView item, Terminal terminal) =>
        [item.Id, item.To, item.Kind, item.Role, item.On, item.Deny ? "denies" : item.Protected ? "also protected" : "", item.ExpiresAt is { } until ? When(until, terminal) : "", item.Reason];
}

internal sealed class GrantCreate : Verb
{
    private readonly Argument<string> _to = new("to") { Description = "A member's address, or the name of a team or service principal." };
    private readonly Argument<string> _role = new("role") { Description = "A built-in role or one of the org." };
    private readonly Option<string?> _kind = new("--kind") { Description = "user (the default), team or service." };
    private readonly Option<string?> _on = new("--on") { Description = "An id, or project/app/env; the org when it is left away." };
    private readonly Option<bool> _deny = new("--deny") { Description = "Take away instead of giving; wins over every grant that gives." };
    private readonly Option<bool> _protected = new("--protected") { Description = "Let its writes hold in protected environments too." };
    private readonly Option<bool> _factor = new("--second-factor") { Description = "Let it hold only for those who signed in with a second factor." };
    private readonly Option<string[]> _networks = new("--network") { Description = "Networks that requests must come from; may be given more than once." };
    private readonly Option<string?> _expires = new("--expires") { Description = "How long it lasts, such as 8h or 30d; for good when it is left away." };
    private readonly Option<string?> _reason = new("--reason") { Description = "Why, for whoever looks later." };

    public GrantCreate() : base("create", "Give somebody a role on something.", "davit grant create ann@example.com developer --on default/shop", "davit grant create ci developer --kind service --on default/shop/staging")
    {
        Add(_to);
        Add(_role);
        foreach (var option in (Option[])[_kind, _on, _deny, _protected, _factor, _networks, _expires, _reason])
            Add(option);
    }

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var request = new GrantRequest(asked.Get(_to)!, asked.Get(_role)!, asked.Get(_kind) ?? "user", asked.Get(_on))
        {
            Deny = asked.Get(_deny), Protected = asked.Get(_protected), SecondFactor = asked.Get(_factor), Networks = asked.Get(_networks) ?? [], Reason = asked.Get(_reason) ?? "", ExpiresAt = Ends.Of("--expires", asked.Get(_expires)),
        };
        var made = await asked.Api.PostAsync($"{asked.OrgPath}/grants", request, (WireJson.Default.GrantRequest, WireJson.Default.JsonObject), ct);
        return Answers.Show(asked, made, $"{request.To} {(request.Deny ? "is kept from" : "has")} {request.Role} on {request.On ?? "the org"}");
    }
}

internal sealed class GrantDelete : Verb
{
    private readonly Argument<string> _id = new("id") { Description = "Its id." };

    public GrantDelete() : base("delete", "Take a grant away; it ends at once.", "davit grant delete grt_0190a0", "davit grant delete grt_0190a0 --json") => Add(_id);

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct) =>
        Answers.Show(asked, await asked.Api.DeleteAsync($"{asked.OrgPath}/grants/{Invocation.Part(asked.Get(_id)!)}", WireJson.Default.JsonObject, ct), "taken away");
}

/// <summary><c>davit access explain</c></summary>
internal sealed class AccessExplain : Verb
{
    private readonly Option<string?> _who = new("--who") { Description = "A member's address or the name of a service principal; yourself when it is left away." };
    private readonly Option<string> _can = new("--can") { Description = "A permission.", Required = true };
    private readonly Option<string?> _on = new("--on") { Description = "An id, or project/app/env; the org when it is left away." };

    public AccessExplain() : base("explain", "Say whether somebody may do something, and which grant decides it.", "davit access explain --can deployment:create --on default/shop/production", "davit access explain --who ann@example.com --can log:read")
    {
        foreach (var option in (Option[])[_who, _can, _on])
            Add(option);
    }

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var verdict = await asked.Api.GetAsync($"{asked.OrgPath}/access/explanation?{AccessQuestion.Of(asked.Get(_who), asked.Get(_can)!, asked.Get(_on))}", WireJson.Default.AccessVerdict, ct);
        if (asked.Terminal.IsJson)
            asked.Terminal.Document(verdict, WireJson.Default.AccessVerdict);
        else
            asked.Terminal.Answer($"{(verdict.Allowed ? "yes" : "no")}: {verdict.Why}{(verdict.Lesser is { } role ? $"; the role '{role}' would allow it" : "")}");
        return ExitCode.Done;
    }
}

/// <summary><c>davit access who</c></summary>
internal sealed class AccessWho : ListVerb<AccessHolder>
{
    private readonly Option<string> _can = new("--can") { Description = "A permission.", Required = true };
    private readonly Option<string?> _on = new("--on") { Description = "An id, or project/app/env; the org when it is left away." };

    public AccessWho() : base("who", "List who may do something.", "davit access who --can deployment:create --on default/shop/production", "davit access who --can secret:set --json")
    {
        Add(_can);
        Add(_on);
    }

    protected override string[] Head => ["WHO", "KIND", "BY"];

    protected override JsonTypeInfo<Page<AccessHolder>> Form => WireJson.Default.PageAccessHolder;

    protected override Task<string> PathAsync(Invocation asked, CancellationToken ct) => Task.FromResult($"{asked.OrgPath}/access/holders?{AccessQuestion.Of(null, asked.Get(_can)!, asked.Get(_on))}");

    protected override string[] Row(AccessHolder item, Terminal terminal) => [item.Who, item.Kind, item.By];
}

internal static class AccessQuestion
{
    public static string Of(string? who, string can, string? on) =>
        $"can={Invocation.Part(can)}{(who is null ? "" : $"&who={Invocation.Part(who)}")}{(on is null ? "" : $"&on={Invocation.Part(on)}")}";
}
