using Davit.ControlPlane.Hosting;
using Davit.Drivers.Memory;
using Davit.Model;
using Davit.Store;
using Davit.Store.Access;
using Davit.Store.Resources;
using Davit.Testing.Postgres;
using Microsoft.AspNetCore.Builder;
using Npgsql;

namespace Davit.ControlPlane.Tests.Support;

/// <summary>
/// What outlives a control plane: its database, its data directory, the world of instances and the edge. The server itself
/// may be stopped and started anew on it.
/// </summary>
internal sealed class Installed : IAsyncDisposable
{
    private readonly MemoryDriver _driver;
    private WebApplication? _app;

    private Installed(ServerOptions options, Database database, Installation installation, MemoryWorld world, SimulatedEdge edge)
    {
        (Options, Database, Installation, World, Edge) = (options, database, installation, world, edge);
        _driver = new MemoryDriver(world, installation.Id);
        Token = File.ReadAllText(options.TokenFile);
    }

    public ServerOptions Options { get; }

    public Database Database { get; }

    /// <summary>How its database is reached.</summary>
    public string Connection { get; private init; } = "";

    public Installation Installation { get; }

    public MemoryWorld World { get; }

    public SimulatedEdge Edge { get; }

    public MemoryDriver Driver => _driver;

    public string Token { get; }

    public WebApplication App => _app!;

    public static async Task<Installed> StartAsync(PostgresServer server, CancellationToken ct, string? data = null, Func<ServerOptions, ServerOptions>? change = null)
    {
        var options = new ServerOptions { Data = data ?? Directory.CreateTempSubdirectory("davit-cp-").FullName } switch { var o => o with { Backups = Path.Combine(o.Data, "backup-target"), ReadsPerMinute = 0, WritesPerMinute = 0, StrangersPerMinute = 0, SignInsPerMinute = 0 } };
        options = change?.Invoke(options) ?? options;
        Directory.CreateDirectory(options.Backups);
        var connection = await server.CreateAsync();
        var database = new Database(NpgsqlDataSource.Create(connection), TimeProvider.System);
        var installation = await new FirstStart(database, options, TimeProvider.System).EnsureAsync(ct);
        var edge = await SimulatedEdge.StartAsync(options.EdgeSocket, TimeProvider.System, ct);
        var made = new Installed(options, database, installation, new MemoryWorld(TimeProvider.System), edge) { Connection = connection };
        await made.StartServerAsync(ct);
        return made;
    }

    public async Task StartServerAsync(CancellationToken ct)
    {
        _app = ServerHost.Build(Options, Database, Installation, _driver);
        await _app.StartAsync(ct);
    }

    /// <summary>Ends the server where it stands.</summary>
    public async Task StopServerAsync()
    {
        if (Interlocked.Exchange(ref _app, null) is not { } app)
            return;
        using var now = new CancellationTokenSource(TimeSpan.FromSeconds(10), TimeProvider.System);
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
    }

    public Api Api(string? token = null) => new(Options.ApiSocket, token ?? Token);

    public async Task<OrgId> OrgAsync(CancellationToken ct) =>
        (await Database.ReadAsync(db => TokenTable.FindAsync(db, Token, TimeProvider.System.GetUtcNow(), ct), ct))!.OrgId;

    /// <summary>A second tenant, made where no API can make one yet.</summary>
    /// <returns>Its token.</returns>
    public async Task<string> OtherOrgAsync(string name, CancellationToken ct)
    {
        var (org, token) = (Id.New<OrgId>(TimeProvider.System), TokenTable.Make());
        await Database.WriteAsync(new Cause(org, "tester", "req-0000001", "x"), async w =>
        {
            await OrgTable.InsertAsync(w, org, name, ct);
            await ProjectTable.InsertAsync(w, Id.New<ProjectId>(TimeProvider.System), "default", "", ct);
            await TokenTable.InsertHostAsync(w, Id.New<KeyId>(TimeProvider.System), "owner", "test", token, ct);
        }, ct);
        return token;
    }

    public async ValueTask DisposeAsync()
    {
        await StopServerAsync();
        await Edge.DisposeAsync();
        await _driver.DisposeAsync();
        await Database.DisposeAsync();
        Directory.Delete(Options.Data, recursive: true);
    }
}
