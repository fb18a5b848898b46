using Davit.Model;
using Davit.Store.Releasing;
using Davit.Store.Resources;
using Davit.Testing.Postgres;
using Npgsql;

[assembly: AssemblyFixture(typeof(PostgresServer))]

namespace Davit.Store.Tests;

/// <summary>A migrated database of its own for every test, and the rows most tests begin with.</summary>
public abstract class StoreTests(PostgresServer server) : IAsyncLifetime
{
    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    protected Database Database { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Database = new Database(NpgsqlDataSource.Create(await server.CreateAsync()), TimeProvider.System);

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected static Cause CauseOf(OrgId org) => new(org, "tester", "req-0000001", "about");

    protected Task<T> ReadAsync<T>(Func<NpgsqlConnection, Task<T>> query) => Database.ReadAsync(query, Ct);

    protected Task WriteAsync(OrgId org, Func<Writing, Task> work) => Database.WriteAsync(CauseOf(org), work, Ct);

    protected Task<T> WriteAsync<T>(OrgId org, Func<Writing, Task<T>> work) => Database.WriteAsync(CauseOf(org), work, Ct);

    protected async Task<OrgId> OrgAsync(string name = "acme")
    {
        var id = Id.New<OrgId>(TimeProvider.System);
        await WriteAsync(id, w => OrgTable.InsertAsync(w, id, name, Ct));
        return id;
    }

    protected async Task<ProjectId> ProjectAsync(OrgId org, string name = "shop")
    {
        var id = Id.New<ProjectId>(TimeProvider.System);
        await WriteAsync(org, w => ProjectTable.InsertAsync(w, id, name, "", Ct));
        return id;
    }

    protected async Task<Place> PlaceAsync(string env = "production")
    {
        var org = await OrgAsync();
        var project = await ProjectAsync(org);
        var app = Id.New<AppId>(TimeProvider.System);
        await WriteAsync(org, w => AppTable.InsertAsync(w, App(app, org, project, "web"), Ct));
        return new(org, project, app, await EnvAsync(org, app, env));
    }

    protected async Task<EnvId> EnvAsync(OrgId org, AppId app, string name)
    {
        var id = Id.New<EnvId>(TimeProvider.System);
        await WriteAsync(org, w => EnvTable.InsertAsync(w, id, app, name, Ct));
        return id;
    }

    protected static AppRow App(AppId id, OrgId org, ProjectId project, string name) => new()
    {
        Id = id, OrgId = org, ProjectId = project, Name = name, Description = "", Version = 1, CreatedAt = TimeProvider.System.GetUtcNow(),
    };

    protected Task<DeploymentRow> DeploymentAsync(Place place, EnvId? env = null) => WriteAsync(place.Org, w => DeploymentTable.InsertAsync(w, new DeploymentRow
    {
        Id = Id.New<DeploymentId>(TimeProvider.System), OrgId = place.Org, EnvId = env ?? place.Env, Number = 0, Kind = "deploy", Source = "{}",
        State = new DeploymentState.Queued(w.At), Phases = [], Facts = "{}", Actor = "tester", RequestId = "req-0000001", Reason = "", Version = 1, CreatedAt = w.At,
    }, Ct));

    protected Task<ReleaseRow> ReleaseAsync(Place place, string input = "sha256:a") => WriteAsync(place.Org, w => ReleaseTable.MakeAsync(w, new ReleaseRow
    {
        Id = Id.New<ReleaseId>(TimeProvider.System), OrgId = place.Org, AppId = place.App, Number = 0, InputHash = input, ManifestHash = "sha256:m", Manifest = "{}",
        Services = "[]", Provenance = "{}", CreatedBy = "tester", CreatedAt = w.At,
    }, Ct));

    protected sealed record Place(OrgId Org, ProjectId Project, AppId App, EnvId Env);
}
