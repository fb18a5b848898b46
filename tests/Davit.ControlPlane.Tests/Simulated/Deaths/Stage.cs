using Davit.ControlPlane.Hosting;
using Davit.ControlPlane.Tests.Support;
using Davit.Drivers.Memory;
using Davit.Model;
using Davit.Store;
using Davit.Store.Access;
using Davit.Testing;
using Davit.Testing.Postgres;
using Npgsql;

namespace Davit.ControlPlane.Tests.Simulated.Deaths;

/// <summary>What outlives every replica: the database, the data directory, the world of instances, the edge, and time.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private Stage(ServerOptions options, Database database, Installation installation, SimulatedEdge edge, ManualClock clock)
    {
        (Options, Database, Installation, Edge, Clock) = (options, database, installation, edge, clock);
        World = new MemoryWorld(clock);
        Driver = new MemoryDriver(World, installation.Id);
    }

    public ServerOptions Options { get; }

    public Database Database { get; }

    public Installation Installation { get; }

    public SimulatedEdge Edge { get; }

    public ManualClock Clock { get; }

    public MemoryWorld World { get; }

    public MemoryDriver Driver { get; }

    public OrgId Org { get; private set; }

    /// <param name="place">Where backups go instead of a directory of its own.</param>
    public static async Task<Stage> SetAsync(PostgresServer server, CancellationToken ct, Func<ServerOptions, ServerOptions>? place = null)
    {
        var options = new ServerOptions { Data = Directory.CreateTempSubdirectory("davit-die-").FullName } switch { var o => o with { Backups = Path.Combine(o.Data, "backup-target") } };
        Directory.CreateDirectory(options.Backups);
        options = place?.Invoke(options) ?? options;
        var clock = new ManualClock();
        var database = new Database(NpgsqlDataSource.Create(await server.CreateAsync()), clock);
        var installation = await new FirstStart(database, options, clock).EnsureAsync(ct);
        var stage = new Stage(options, database, installation, await SimulatedEdge.StartAsync(options.EdgeSocket, clock, ct), clock);
        var token = await File.ReadAllTextAsync(options.TokenFile, ct);
        stage.Org = (await database.ReadAsync(db => TokenTable.FindAsync(db, token, clock.GetUtcNow(), ct), ct))!.OrgId;
        return stage;
    }

    public async ValueTask DisposeAsync()
    {
        await Edge.DisposeAsync();
        await Driver.DisposeAsync();
        await Database.DisposeAsync();
        Directory.Delete(Options.Data, recursive: true);
    }
}
