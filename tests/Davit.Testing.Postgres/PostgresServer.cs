using System.Diagnostics;
using System.Globalization;
using Davit.Store.Migrating;
using Npgsql;
using Xunit;

namespace Davit.Testing.Postgres;

/// <summary>
/// One private PostgreSQL for a test run: in a temporary directory, on a unix socket only, removed at the end. Registered
/// with <c>[assembly: AssemblyFixture(typeof(PostgresServer))]</c>; every test takes a database of its own from it.
/// </summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private const string User = "davit";
    private const string Template = "migrated";
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(60);

    private readonly string _directory = Directory.CreateTempSubdirectory("davit-pg-").FullName;
    private readonly string[] _account = Account();
    private Process? _server;
    private int _databases;

    private string Data => Path.Combine(_directory, "data");

    public async ValueTask InitializeAsync()
    {
        var binaries = Binaries();
        if (_account is [_, var uid, _, var gid, ..])
            await RunAsync("chown", [$"{uid}:{gid}", _directory]);
        await RunAsync([.. Prefix(), Path.Combine(binaries, "initdb"), "-D", Data, "-U", User, "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]);

        string[] start =
        [
            .. Prefix(), Path.Combine(binaries, "postgres"), "-D", Data, "-k", _directory, "-c", "listen_addresses=", "-c", "max_connections=300", "-c", "fsync=off",
            "-c", "synchronous_commit=off", "-c", "full_page_writes=off", "-c", "shared_buffers=32MB", "-c", "jit=off", "-c", "logging_collector=on", "-c", $"log_directory={_directory}",
        ];
        _server = Process.Start(new ProcessStartInfo(start[0], start[1..]) { WorkingDirectory = "/", UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        await AnswersAsync();

        await ExecuteAsync("postgres", $"create database {Template}");
        await using var source = NpgsqlDataSource.Create(ConnectionString(Template) + ";Pooling=false");
        await new Migrator(source, TimeProvider.System).MigrateAsync(CancellationToken.None);
    }

    /// <returns>The connection string of a new database with this build's schema.</returns>
    public Task<string> CreateAsync() => CreateAsync($"template {Template}");

    /// <returns>The connection string of a new database with nothing in it.</returns>
    public Task<string> CreateEmptyAsync() => CreateAsync("");

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            NpgsqlConnection.ClearAllPools();

            // SIGINT is PostgreSQL's fast shutdown: it ends every session and removes its shared memory.
            await RunAsync("kill", ["-INT", _server.Id.ToString(CultureInfo.InvariantCulture)]);
            await _server.WaitForExitAsync(CancellationToken.None);
            _server.Dispose();
        }

        Directory.Delete(_directory, recursive: true);
    }

    private static string Binaries() => Directory.EnumerateDirectories("/usr/lib/postgresql")
        .OrderByDescending(d => int.TryParse(Path.GetFileName(d), CultureInfo.InvariantCulture, out var major) ? major : 0)
        .Select(d => Path.Combine(d, "bin"))
        .First(d => File.Exists(Path.Combine(d, "initdb")));

    /// <summary>PostgreSQL refuses to run as root; then it runs as the account that its packages make.</summary>
    private static string[] Account()
    {
        if (Environment.UserName is not "root")
            return [];
        var fields = File.ReadLines("/etc/passwd").Select(l => l.Split(':')).First(f => f[0] is "postgres");
        return ["--reuid", fields[2], "--regid", fields[3], "--clear-groups"];
    }

    private string[] Prefix() => _account is [] ? [] : ["setpriv", .. _account, "--"];

    private string ConnectionString(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = _directory, Username = User, Database = database, MaxPoolSize = 40, Timeout = 15, CommandTimeout = 30,
    }.ConnectionString;

    private async Task<string> CreateAsync(string clause)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref _databases)}");
        await ExecuteAsync("postgres", $"create database {name} {clause} strategy file_copy");
        return ConnectionString(name);
    }

    private async Task AnswersAsync()
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                await ExecuteAsync("postgres", "select 1");
                return;
            }
            catch (NpgsqlException) when (Stopwatch.GetElapsedTime(began) < StartDeadline && _server is { HasExited: false })
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, CancellationToken.None);
            }
        }
    }

    private async Task ExecuteAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString(database) + ";Pooling=false");
        await connection.OpenAsync(CancellationToken.None);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }

    private static Task RunAsync(string[] all) => RunAsync(all[0], all[1..]);

    private static async Task RunAsync(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = "/", UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(CancellationToken.None), process.StandardError.ReadToEndAsync(CancellationToken.None));
        await process.WaitForExitAsync(CancellationToken.None);
        if (process.ExitCode is not 0)
            throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {string.Concat(output)}");
    }
}
