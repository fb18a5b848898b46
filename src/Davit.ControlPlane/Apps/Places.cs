using Davit.ControlPlane.Access;
using Davit.Model;
using Davit.Store;
using Davit.Store.Resources;

namespace Davit.ControlPlane.Apps;

/// <summary>The segments of a path; each is a name or an id.</summary>
internal sealed record OrgPath(string Org);

internal sealed record ProjectPath(string Org, string Project);

internal sealed record AppPath(string Org, string Project, string App);

internal sealed record EnvPath(string Org, string Project, string App, string Env);

/// <summary>
/// Finds what a path names, always inside the caller's own org. What is not there and what belongs to somebody else are the
/// same answer.
/// </summary>
internal sealed class Places(Database database)
{
    public async Task<OrgRow> OrgAsync(Caller caller, OrgPath path, CancellationToken ct) =>
        await database.ReadAsync(db => OrgTable.FindAsync(db, caller.Org, path.Org, ct), ct) ?? throw Missing("org", path.Org);

    public async Task<ProjectRow> ProjectAsync(Caller caller, ProjectPath path, CancellationToken ct)
    {
        var org = await OrgAsync(caller, new(path.Org), ct);
        return await database.ReadAsync(db => ProjectTable.FindAsync(db, org.Id, path.Project, ct), ct) ?? throw Missing("project", path.Project);
    }

    public async Task<AppRow> AppAsync(Caller caller, AppPath path, CancellationToken ct)
    {
        var project = await ProjectAsync(caller, new(path.Org, path.Project), ct);
        return await database.ReadAsync(db => AppTable.FindAsync(db, project.Id, path.App, ct), ct) ?? throw Missing("app", path.App);
    }

    public async Task<EnvRow> EnvAsync(Caller caller, EnvPath path, CancellationToken ct)
    {
        var app = await AppAsync(caller, new(path.Org, path.Project, path.App), ct);
        return await database.ReadAsync(db => EnvTable.FindAsync(db, app.Id, path.Env, ct), ct) ?? throw Missing("env", path.Env);
    }

    private static ProblemException Missing(string kind, string name) => new(ApiProblems.Missing(kind, name));
}
