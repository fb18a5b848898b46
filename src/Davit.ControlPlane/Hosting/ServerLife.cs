using Davit.ControlPlane.Postgres;
using Davit.ControlPlane.SignIn;
using Davit.Drivers.Docker;
using Davit.Drivers.Docker.Engine;
using Davit.Model;
using Davit.Store;
using Davit.Store.Migrating;
using Davit.Store.People;
using Npgsql;

namespace Davit.ControlPlane.Hosting;

/// <summary>From start to stop of the process.</summary>
internal static class ServerLife
{
    private const UnixFileMode OwnerAll = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public static async Task<int> MigrateAsync(ServerOptions options, CancellationToken ct)
    {
        await using var store = await OpenAsync(options, isLasting: false, ct);
        var applied = await new Migrator(store.Source, TimeProvider.System).MigrateAsync(ct);
        await System.Console.Out.WriteLineAsync(applied.Count is 0 ? "nothing to migrate" : $"applied {string.Join(", ", applied)}");
        return 0;
    }

    /// <summary>Prints where a fresh setup code is; the code itself stays in its file.</summary>
    /// <exception cref="ProblemException">DV7002 when there is an owner.</exception>
    public static async Task<int> SetupCodeAsync(ServerOptions options, CancellationToken ct)
    {
        await using var store = await OpenAsync(options, isLasting: false, ct);
        await using var database = new Database(store.Source, TimeProvider.System);
        var code = new SetupCode(options, TimeProvider.System);
        await database.ReadAsync(async db =>
        {
            if (await UserTable.AnyOperatorAsync(db, ct))
                throw new ProblemException(AccessProblems.SetUpAlready());
            await code.EnsureAsync(db, anew: true, ct);
            return true;
        }, ct);
        await System.Console.Out.WriteLineAsync(code.File);
        return 0;
    }

    /// <param name="options">Where it keeps its state and what it talks to.</param>
    /// <param name="more">Takes the place of parts; the product replaces none.</param>
    public static async Task<int> ServeAsync(ServerOptions options, Action<IServiceCollection>? more = null)
    {
        await using var store = await OpenAsync(options, isLasting: true, CancellationToken.None);
        await new Migrator(store.Source, TimeProvider.System).CheckAsync(CancellationToken.None);
        await using var database = new Database(store.Source, TimeProvider.System);
        var installation = await new FirstStart(database, options, TimeProvider.System).EnsureAsync(CancellationToken.None);
        await using var driver = Connect(installation.Id, options.EngineHost);
        await using var app = ServerHost.Build(options, database, installation, driver, more);

        using var supervising = CancellationTokenSource.CreateLinkedTokenSource(app.Lifetime.ApplicationStopping);
        var watch = store.Cluster?.SuperviseAsync(supervising.Token) ?? Task.CompletedTask;
        await app.StartAsync(CancellationToken.None);
        File.SetUnixFileMode(options.ApiSocket, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        if (Listening.Announcement(options) is { } where)
            await System.Console.Out.WriteLineAsync(where);
        await app.WaitForShutdownAsync(CancellationToken.None);
        await supervising.CancelAsync();
        await watch.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return 0;
    }

    /// <summary>The document needs no database: nothing is started.</summary>
    public static async Task<int> PrintOpenApiAsync(CancellationToken ct)
    {
        var scratch = Directory.CreateTempSubdirectory("davit-openapi-");
        try
        {
            await using var database = new Database(NpgsqlDataSource.Create("Host=/nowhere"), TimeProvider.System);
            await using var driver = Connect(default, "unix:///nowhere");
            await using var app = ServerHost.Build(new ServerOptions { Data = scratch.FullName }, database, new Installation(default), driver);
            var documents = app.Services.GetRequiredKeyedService<Microsoft.AspNetCore.OpenApi.IOpenApiDocumentProvider>("v1");
            await System.Console.Out.WriteLineAsync(await OpenApiDocument.RenderAsync(await documents.GetOpenApiDocumentAsync(ct), ct));
            return 0;
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    private static DockerDriver Connect(InstallationId installation, string host) =>
        new(new DockerDriverOptions(installation) { Endpoint = new EngineEndpoint(host) }, TimeProvider.System);

    internal static async Task<OpenStore> OpenAsync(ServerOptions options, bool isLasting, CancellationToken ct)
    {
        // Others may pass through to their own socket or volume below it, but not list it.
        Directory.CreateDirectory(options.Data, OwnerAll | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        if (options.Database is not "")
            return new(Connect(options.Database), null, isLasting);

        using var logging = LoggerFactory.Create(l => l.AddSimpleConsole(c => c.SingleLine = true));
        var cluster = new EmbeddedCluster(Path.Combine(options.Data, "postgres"), TimeProvider.System, logging.CreateLogger<EmbeddedCluster>());
        await cluster.EnsureRunningAsync(ct);
        return new(Connect(cluster.ConnectionString), cluster, isLasting);
    }

    /// <summary>A davitd that is frozen within a transaction must not keep its locks from the others for longer than its lease.</summary>
    private static NpgsqlDataSource Connect(string connection)
    {
        var builder = new NpgsqlConnectionStringBuilder(connection);
        builder.Options ??= "-c idle_in_transaction_session_timeout=10s";
        return NpgsqlDataSource.Create(builder);
    }

    /// <summary>The database in use; a private cluster stops with the process that supervises it, or with one that only looked in and had to start it.</summary>
    internal sealed record OpenStore(NpgsqlDataSource Source, EmbeddedCluster? Cluster, bool IsLasting) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Source.DisposeAsync();
            if (Cluster is not null && (IsLasting || Cluster.WasStarted))
                await Cluster.StopAsync();
        }
    }
}
