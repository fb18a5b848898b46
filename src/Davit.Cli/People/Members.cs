using System.CommandLine;
using System.Text.Json.Serialization.Metadata;
using Davit.Cli.Looking;
using Davit.Cli.Shell;
using Davit.Model;
using Davit.Wire;

namespace Davit.Cli.People;

/// <summary><c>davit member …</c></summary>
internal sealed class MemberList() : ListVerb<MemberView>("list", "List who belongs to the org.", "davit member list", "davit member list --json")
{
    protected override string[] Head => ["ADDRESS", "NAME", "ROLE", "TEAMS", "SECOND FACTOR", ""];

    protected override JsonTypeInfo<Page<MemberView>> Form => WireJson.Default.PageMemberView;

    protected override Task<string> PathAsync(Invocation asked, CancellationToken ct) => Task.FromResult($"{asked.OrgPath}/members");

    protected override string[] Row(MemberView item, Terminal terminal) =>
        [item.Email, item.Name, item.Role is "" ? "by grants" : item.Role, string.Join(",", item.Teams), item.HasSecondFactor ? "yes" : "no", item.IsSuspended ? "suspended" : ""];
}

internal sealed class MemberGet : Verb
{
    private readonly Argument<string> _member = new("member") { Description = "A mail address or id." };

    public MemberGet() : base("get", "Show a member.", "davit member get ann@example.com", "davit member get usr_0190a0") => Add(_member);

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        asked.Terminal.Document(await asked.Api.GetAsync($"{asked.OrgPath}/members/{Invocation.Part(asked.Get(_member)!)}", WireJson.Default.MemberView, ct), WireJson.Default.MemberView);
        return ExitCode.Done;
    }
}

internal sealed class MemberUpdate : Verb
{
    private readonly Argument<string> _member = new("member") { Description = "A mail address or id." };
    private readonly Option<string?> _role = new("--role") { Description = "owner, admin, developer, member, viewer, or none." };
    private readonly Option<bool?> _suspended = new("--suspended") { Description = "true keeps them out, false lets them in again." };

    public MemberUpdate() : base("update", "Change a member's role, or suspend them.", "davit member update ann@example.com --role admin", "davit member update ann@example.com --suspended true")
    {
        Add(_member);
        Add(_role);
        Add(_suspended);
    }

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var path = $"{asked.OrgPath}/members/{Invocation.Part(asked.Get(_member)!)}";
        var found = await asked.Api.GetAsync(path, WireJson.Default.MemberView, ct);
        var request = new Wire.MemberUpdate(found.Version) { Role = asked.Get(_role) is "none" ? "" : asked.Get(_role), Suspended = asked.Get(_suspended) };
        return Answers.Show(asked, await asked.Api.PatchAsync(path, request, (WireJson.Default.MemberUpdate, WireJson.Default.JsonObject), ct), $"{found.Email} is changed");
    }
}

internal sealed class MemberRemove : Verb
{
    private readonly Argument<string> _member = new("member") { Description = "A mail address or id." };
    private readonly Option<string?> _confirm = NameConfirmation.Option("The address once more; asked for on a terminal.");

    public MemberRemove() : base("remove", "Remove somebody from the org, with their teams, grants and tokens in it.", "davit member remove ann@example.com --yes ann@example.com", "davit member remove ann@example.com")
    {
        Add(_member);
        Add(_confirm);
    }

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var path = $"{asked.OrgPath}/members/{Invocation.Part(asked.Get(_member)!)}";
        var found = await asked.Api.GetAsync(path, WireJson.Default.MemberView, ct);
        var confirm = NameConfirmation.Of(asked, _confirm, found.Email, "Their grants and tokens in this org end at once.");
        return Answers.Show(asked, await asked.Api.DeleteAsync($"{path}?expectedVersion={found.Version}&confirm={Invocation.Part(confirm)}", WireJson.Default.JsonObject, ct), $"{found.Email} is removed");
    }
}

internal sealed class MemberLeave() : Verb("leave", "Leave the org.", "davit member leave --org shop", "davit member leave")
{
    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        asked.Confirm($"Leave the org '{asked.Settings.Org.Value}'?");
        return Answers.Show(asked, await asked.Api.DeleteAsync($"{asked.OrgPath}/membership", WireJson.Default.JsonObject, ct), "left");
    }
}

/// <summary><c>davit join</c></summary>
internal sealed class Join : Verb
{
    private readonly Option<string?> _email = new("--email") { Description = "The address that was invited." };
    private readonly Option<string?> _name = new("--name") { Description = "Your name, when you are new here." };

    public Join() : base("join", "Accept an invitation. Asks for its token and your password, or reads them as two lines of standard input.", "davit join --server https://davit.example --email ann@example.com --name Ann", "davit join --email ann@example.com < answers")
    {
        Add(_email);
        Add(_name);
    }

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var email = asked.Get(_email) ?? throw new UsageException(CliProblems.Needed("email", "--email"));
        var request = new JoinRequest(HiddenInput.Of(asked, "token of the invitation"), email, asked.Get(_name) ?? email.Split('@')[0], HiddenInput.Of(asked, "password"));
        var signed = await asked.Api.PostAsync("v1/join", request, (WireJson.Default.JoinRequest, WireJson.Default.SignedIn), ct);
        await Credentials.KeepAsync(asked, signed, ct);
        return ExitCode.Done;
    }
}

/// <summary><c>davit invitation …</c></summary>
internal sealed class InvitationList() : ListVerb<InvitationView>("list", "List invitations that nobody has used yet.", "davit invitation list", "davit invitation list --json")
{
    protected override string[] Head => ["ID", "ADDRESS", "ROLE", "UNTIL"];

    protected override JsonTypeInfo<Page<InvitationView>> Form => WireJson.Default.PageInvitationView;

    protected override Task<string> PathAsync(Invocation asked, CancellationToken ct) => Task.FromResult($"{asked.OrgPath}/invitations");

    protected override string[] Row(InvitationView item, Terminal terminal) => [item.Id, item.Email, item.Role, When(item.ExpiresAt, terminal)];
}

internal sealed class InvitationRenew : Verb
{
    private readonly Argument<string> _id = new("id") { Description = "Its id." };

    public InvitationRenew() : base("renew", "Make a new token for an invitation; the old one ends.", "davit invitation renew ivt_0190a0", "davit invitation renew ivt_0190a0 --json") => Add(_id);

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var made = await asked.Api.PostAsync($"{asked.OrgPath}/invitations/{Invocation.Part(asked.Get(_id)!)}/renewal", WireJson.Default.JsonObject, ct);
        return Answers.ShowSecret(asked, made, (string?)made["value"]?["token"] ?? "", "The new token, shown this once:");
    }
}

internal sealed class InvitationRevoke : Verb
{
    private readonly Argument<string> _id = new("id") { Description = "Its id." };

    public InvitationRevoke() : base("revoke", "Take an invitation back.", "davit invitation revoke ivt_0190a0", "davit invitation revoke ivt_0190a0 --json") => Add(_id);

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct) =>
        Answers.Show(asked, await asked.Api.DeleteAsync($"{asked.OrgPath}/invitations/{Invocation.Part(asked.Get(_id)!)}", WireJson.Default.JsonObject, ct), "taken back");
}
