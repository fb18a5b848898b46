using Davit.ControlPlane.SignIn;
using Davit.Model;
using Davit.Store;
using Davit.Store.Access;
using Davit.Store.People;
using Davit.Store.Resources;
using Dapper;

namespace Davit.ControlPlane.Hosting;

/// <summary>Makes what an empty store needs: the installation's id, the first org with a project, and the owner's token in a file.</summary>
internal sealed class FirstStart(Database database, ServerOptions options, TimeProvider clock)
{
    public const string Org = "default";
    public const string Project = "default";

    public async Task<Installation> EnsureAsync(CancellationToken ct)
    {
        var installation = new Installation(await InstallationIdAsync(ct));
        var org = await database.ReadAsync(db => db.QuerySingleOrDefaultAsync<Guid?>(new CommandDefinition("select id from orgs order by created_at limit 1", cancellationToken: ct)), ct);
        var id = org is { } found ? OrgId.From(found) : await MakeOrgAsync(ct);
        if (!File.Exists(options.TokenFile))
            await MakeTokenAsync(id, ct);
        await database.ReadAsync(async db =>
        {
            if (!await UserTable.AnyOperatorAsync(db, ct))
                await new SetupCode(options, clock).EnsureAsync(db, anew: false, ct);
            return true;
        }, ct);
        return installation;
    }

    /// <summary>The first writer's id stands, also when two start at once.</summary>
    private Task<InstallationId> InstallationIdAsync(CancellationToken ct) => database.ReadAsync(async db =>
    {
        await db.ExecuteAsync(new CommandDefinition("insert into settings (name, value) values ('installation', @id) on conflict do nothing",
            new { id = Id.New<InstallationId>(clock).ToString() }, cancellationToken: ct));
        return Id.Parse<InstallationId>(await db.QuerySingleAsync<string>(new CommandDefinition("select value from settings where name = 'installation'", cancellationToken: ct)));
    }, ct);

    private async Task<OrgId> MakeOrgAsync(CancellationToken ct)
    {
        var id = Id.New<OrgId>(clock);
        await database.WriteAsync(Cause(id), async w =>
        {
            await OrgTable.InsertAsync(w, id, Org, ct);
            await ProjectTable.InsertAsync(w, Id.New<ProjectId>(clock), Project, "Apps that name no other project", ct);
        }, ct);
        return id;
    }

    /// <summary>The token is in nobody's arguments, log or database: only in this file, for its owner alone.</summary>
    private async Task MakeTokenAsync(OrgId org, CancellationToken ct)
    {
        var token = TokenTable.Make();
        await database.WriteAsync(Cause(org), w => TokenTable.InsertHostAsync(w, Id.New<KeyId>(clock), "owner", "first start", token, ct), ct);
        var beside = options.TokenFile + ".new";
        File.Delete(beside);
        await using (var file = new FileStream(beside, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite }))
        await using (var writer = new StreamWriter(file))
            await writer.WriteAsync(token.AsMemory(), ct);
        File.Move(beside, options.TokenFile);
    }

    private static Cause Cause(OrgId org) => new(org, "davitd", "first-start", org.ToString());
}
