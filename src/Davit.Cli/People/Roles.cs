using System.CommandLine;
using System.Text.Json.Serialization.Metadata;
using Davit.Cli.Looking;
using Davit.Cli.Shell;
using Davit.Wire;

namespace Davit.Cli.People;

/// <summary><c>davit permission list</c></summary>
internal sealed class PermissionList() : ListVerb<PermissionView>("list", "List every permission, what it is for, and the least role that holds it.", "davit permission list", "davit permission list --json")
{
    protected override string[] Head => ["PERMISSION", "FROM", "ON", "LETS ONE", ""];

    protected override JsonTypeInfo<Page<PermissionView>> Form => WireJson.Default.PagePermissionView;

    protected override Task<string> PathAsync(Invocation asked, CancellationToken ct) => Task.FromResult("v1/permissions");

    protected override string[] Row(PermissionView item, Terminal terminal) => [item.Name, item.Roles.Count is 0 ? "operator" : item.Roles[^1], item.Level, item.Purpose, item.IsHighRisk ? "high risk" : ""];
}

/// <summary><c>davit role …</c></summary>
internal sealed class RoleList() : ListVerb<RoleView>("list", "List the roles of the org.", "davit role list", "davit role list --json")
{
    protected override string[] Head => ["NAME", "PERMISSIONS", "", "DESCRIPTION"];

    protected override JsonTypeInfo<Page<RoleView>> Form => WireJson.Default.PageRoleView;

    protected override Task<string> PathAsync(Invocation asked, CancellationToken ct) => Task.FromResult($"{asked.OrgPath}/roles");

    protected override string[] Row(RoleView item, Terminal terminal) => [item.Name, $"{item.Permissions.Count}", item.IsBuiltIn ? "built in" : "own", item.Description];
}

internal sealed class RoleMatrix() : Verb("matrix", "Show what each role of the org holds.", "davit role matrix", "davit role matrix --json")
{
    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var roles = await asked.Api.GetAsync($"{asked.OrgPath}/roles", WireJson.Default.PageRoleView, ct);
        if (asked.Terminal.IsJson)
        {
            asked.Terminal.Document(roles, WireJson.Default.PageRoleView);
            return ExitCode.Done;
        }

        var permissions = await asked.Api.GetAsync("v1/permissions", WireJson.Default.PagePermissionView, ct);
        asked.Terminal.Table(["PERMISSION", .. roles.Items.Select(r => r.Name.ToUpperInvariant())], permissions.Items.Where(p => p.Roles.Count > 0)
            .Select(p => (string[])[p.Name, .. roles.Items.Select(r => r.Permissions.Contains(p.Name, StringComparer.Ordinal) ? "yes" : "")]));
        return ExitCode.Done;
    }
}

internal sealed class RoleGet : Verb
{
    private readonly Argument<string> _role = new("role") { Description = "Its name or id." };

    public RoleGet() : base("get", "Show what a role holds.", "davit role get developer", "davit role get deployer --json") => Add(_role);

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        asked.Terminal.Document(await asked.Api.GetAsync($"{asked.OrgPath}/roles/{Invocation.Part(asked.Get(_role)!)}", WireJson.Default.RoleView, ct), WireJson.Default.RoleView);
        return ExitCode.Done;
    }
}

internal sealed class RoleCreate : Verb
{
    private readonly Argument<string> _name = new("name") { Description = "1 to 63 of a–z, 0–9 and '-'." };
    private readonly Option<string[]> _permissions = new("--permission") { Description = "What it holds; may be given more than once.", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string?> _description = new("--description") { Description = "For people." };

    public RoleCreate() : base("create", "Make a role of your own.", "davit role create deployer --permission deployment:create --permission deployment:read", "davit role create on-call --permission instance:exec --permission log:read")
    {
        Add(_name);
        Add(_permissions);
        Add(_description);
    }

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var request = new RoleRequest(asked.Get(_name)!, asked.Get(_permissions) ?? [], asked.Get(_description) ?? "");
        return Answers.Show(asked, await asked.Api.PostAsync($"{asked.OrgPath}/roles", request, (WireJson.Default.RoleRequest, WireJson.Default.JsonObject), ct), $"made role {request.Name}");
    }
}

internal sealed class RoleUpdate : Verb
{
    private readonly Argument<string> _role = new("role") { Description = "Its name or id." };
    private readonly Option<string[]> _permissions = new("--permission") { Description = "All that it is to hold; may be given more than once.", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string?> _name = new("--name") { Description = "The new name; the id stays." };
    private readonly Option<string?> _description = new("--description") { Description = "For people." };

    public RoleUpdate() : base("update", "Change a role of your own; whoever has it holds the change at once.", "davit role update deployer --permission deployment:create", "davit role update deployer --name releaser")
    {
        Add(_role);
        foreach (var option in (Option[])[_permissions, _name, _description])
            Add(option);
    }

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var path = $"{asked.OrgPath}/roles/{Invocation.Part(asked.Get(_role)!)}";
        var found = await asked.Api.GetAsync(path, WireJson.Default.RoleView, ct);
        var request = new Wire.RoleUpdate(found.Version) { Name = asked.Get(_name), Description = asked.Get(_description), Permissions = asked.Get(_permissions) is { Length: > 0 } given ? given : null };
        return Answers.Show(asked, await asked.Api.PatchAsync(path, request, (WireJson.Default.RoleUpdate, WireJson.Default.JsonObject), ct), $"changed role {found.Name}");
    }
}

internal sealed class RoleDelete : Verb
{
    private readonly Argument<string> _role = new("role") { Description = "Its name." };
    private readonly Option<string?> _confirm = NameConfirmation.Option("The name once more; asked for on a terminal.");

    public RoleDelete() : base("delete", "Delete a role that no grant uses.", "davit role delete deployer --yes deployer", "davit role delete deployer")
    {
        Add(_role);
        Add(_confirm);
    }

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var path = $"{asked.OrgPath}/roles/{Invocation.Part(asked.Get(_role)!)}";
        var found = await asked.Api.GetAsync(path, WireJson.Default.RoleView, ct);
        var confirm = NameConfirmation.Of(asked, _confirm, found.Name, "This cannot be undone.");
        return Answers.Show(asked, await asked.Api.DeleteAsync($"{path}?expectedVersion={found.Version}&confirm={Invocation.Part(confirm)}", WireJson.Default.JsonObject, ct), $"deleted role {found.Name}");
    }
}
