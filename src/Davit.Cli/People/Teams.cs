using System.CommandLine;
using System.Text.Json.Serialization.Metadata;
using Davit.Cli.Looking;
using Davit.Cli.Resources;
using Davit.Cli.Shell;
using Davit.Wire;

namespace Davit.Cli.People;

/// <summary><c>davit team …</c></summary>
internal static class Teams
{
    public static ResourceKind<TeamView> Kind { get; } = new("team", "teams of the org", a => $"{a.OrgPath}/teams", WireJson.Default.PageTeamView, ["NAME", "ID", "MEMBERS", "UNDER", "DESCRIPTION"],
        t => [t.Name, t.Id, $"{t.Members}", t.Parent ?? "", t.Description]);
}

internal sealed class TeamCreate : Verb
{
    private readonly Argument<string> _name = new("name") { Description = "1 to 63 of a–z, 0–9 and '-'." };
    private readonly Option<string?> _description = new("--description") { Description = "For people." };
    private readonly Option<string?> _parent = new("--under") { Description = "The team that it stands under; its members hold what that one holds." };

    public TeamCreate() : base("create", "Make a team.", "davit team create shop", "davit team create shop-web --under shop")
    {
        Add(_name);
        Add(_description);
        Add(_parent);
    }

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var request = new TeamRequest(asked.Get(_name)!, asked.Get(_description) ?? "", asked.Get(_parent));
        return Answers.Show(asked, await asked.Api.PostAsync($"{asked.OrgPath}/teams", request, (WireJson.Default.TeamRequest, WireJson.Default.JsonObject), ct), $"made team {request.Name}");
    }
}

internal sealed class TeamMembers : ListVerb<TeamMemberView>
{
    private readonly Argument<string> _team = new("team") { Description = "Its name or id." };

    public TeamMembers() : base("members", "List who is in a team.", "davit team members shop", "davit team members shop --json") => Add(_team);

    protected override string[] Head => ["ADDRESS", "NAME", ""];

    protected override JsonTypeInfo<Page<TeamMemberView>> Form => WireJson.Default.PageTeamMemberView;

    protected override Task<string> PathAsync(Invocation asked, CancellationToken ct) => Task.FromResult($"{asked.OrgPath}/teams/{Invocation.Part(asked.Get(_team)!)}/members");

    protected override string[] Row(TeamMemberView item, Terminal terminal) => [item.Email, item.Name, item.IsLead ? "lead" : ""];
}

internal sealed class TeamAdd : Verb
{
    private readonly Argument<string> _team = new("team") { Description = "Its name or id." };
    private readonly Argument<string> _member = new("member") { Description = "A mail address or id." };
    private readonly Option<bool> _lead = new("--lead") { Description = "As one who leads it." };

    public TeamAdd() : base("add", "Put somebody into a team.", "davit team add shop ann@example.com", "davit team add shop ann@example.com --lead")
    {
        Add(_team);
        Add(_member);
        Add(_lead);
    }

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var path = $"{asked.OrgPath}/teams/{Invocation.Part(asked.Get(_team)!)}/members/{Invocation.Part(asked.Get(_member)!)}";
        return Answers.Show(asked, await asked.Api.PutAsync(path, new TeamMemberRequest(asked.Get(_lead)), (WireJson.Default.TeamMemberRequest, WireJson.Default.JsonObject), ct), $"{asked.Get(_member)} is in {asked.Get(_team)}");
    }
}

internal sealed class TeamRemove : Verb
{
    private readonly Argument<string> _team = new("team") { Description = "Its name or id." };
    private readonly Argument<string> _member = new("member") { Description = "A mail address or id." };

    public TeamRemove() : base("remove", "Take somebody out of a team.", "davit team remove shop ann@example.com", "davit team remove shop ann@example.com --json")
    {
        Add(_team);
        Add(_member);
    }

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct) => Answers.Show(
        asked, await asked.Api.DeleteAsync($"{asked.OrgPath}/teams/{Invocation.Part(asked.Get(_team)!)}/members/{Invocation.Part(asked.Get(_member)!)}", WireJson.Default.JsonObject, ct), $"{asked.Get(_member)} is out of {asked.Get(_team)}");
}
