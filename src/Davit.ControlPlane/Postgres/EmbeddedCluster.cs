using System.Diagnostics;
using System.Globalization;
using Davit.Model;
using Npgsql;

namespace Davit.ControlPlane.Postgres;

/// <summary>
/// A private PostgreSQL in the data directory: unix socket only, no TCP, peer-less trust guarded by the directory's mode.
/// PostgreSQL refuses to run as root, so under root it gets an unprivileged account. It outlives davitd's own crash and is
/// then adopted.
/// </summary>
internal sealed partial class EmbeddedCluster(string directory, TimeProvider clock, ILogger<EmbeddedCluster> log)
{
    private const string User = "davit";
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StartAgainAfter = TimeSpan.FromSeconds(1);

    private string Data => Path.Combine(directory, "data");

    private string Socket => Path.Combine(directory, "socket");

    private string LogFile => Path.Combine(directory, "postgres.log");

    public string ConnectionString => new NpgsqlConnectionStringBuilder
    {
        Host = Socket, Username = User, Database = "postgres", MaxPoolSize = 30, Timeout = 5, CommandTimeout = 30, KeepAlive = 0,
    }.ConnectionString;

    /// <summary>It did not run before this process wanted it.</summary>
    public bool WasStarted { get; private set; }

    /// <summary>Creates the cluster if there is none, starts it if it does not run, and waits until it answers.</summary>
    /// <exception cref="ProblemException">DV4105, DV4106 or DV4107.</exception>
    public async Task EnsureRunningAsync(CancellationToken ct)
    {
        if (await AnswersAsync(ct))
            return;
        WasStarted = true;

        var binaries = PostgresBinaries.Find(await MajorAsync(ct), Data);
        var account = Account.ForServer();
        Prepare(account);
        if (!File.Exists(Path.Combine(Data, "PG_VERSION")))
            await InitializeAsync(binaries, account, ct);

        Start(binaries, account);
        var (begun, tried) = (clock.GetTimestamp(), clock.GetTimestamp());
        while (!await AnswersAsync(ct))
        {
            if (clock.GetElapsedTime(begun) >= StartDeadline)
                throw new ProblemException(StoreProblems.DidNotStart(LogFile));
            await Task.Delay(TimeSpan.FromMilliseconds(50), clock, ct);

            // A server refuses to start while children of a killed one still hold its shared memory.
            if (ServerPid() is null && clock.GetElapsedTime(tried) >= StartAgainAfter)
            {
                Start(binaries, account);
                tried = clock.GetTimestamp();
            }
        }
    }

    /// <summary>Looks after it until cancelled: a server that ended is started again.</summary>
    public async Task SuperviseAsync(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), clock);
        while (await timer.WaitForNextTickAsync(ct))
        {
            if (ServerPid() is not null)
                continue;
            LogGone(directory);
            try
            {
                await EnsureRunningAsync(ct);
            }
            catch (ProblemException e)
            {
                LogNotBack(e.Problem.Code, e.Problem.Detail);
            }
        }
    }

    /// <summary>A clean ("fast") shutdown: transactions are rolled back, nothing is lost, no recovery at the next start.</summary>
    public async Task StopAsync()
    {
        if (ServerPid() is not { } pid)
            return;

        Signals.Send(pid, Signals.Interrupt);
        var deadline = clock.GetUtcNow() + TimeSpan.FromSeconds(20);
        while (ServerPid() is not null && clock.GetUtcNow() < deadline)
            await Task.Delay(TimeSpan.FromMilliseconds(25), clock, CancellationToken.None);
    }

    private async Task<bool> AnswersAsync(CancellationToken ct)
    {
        if (!Directory.Exists(Socket) || ServerPid() is null)
            return false;
        try
        {
            await using var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false");
            await connection.OpenAsync(ct);
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private async Task<int?> MajorAsync(CancellationToken ct)
    {
        var file = Path.Combine(Data, "PG_VERSION");
        return File.Exists(file) ? int.Parse((await File.ReadAllTextAsync(file, ct)).Trim().Split('.')[0], CultureInfo.InvariantCulture) : null;
    }

    private void Prepare(Account? account)
    {
        foreach (var path in (string[])[directory, Socket])
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            account?.Own(path);
        }

    }

    private async Task InitializeAsync(PostgresBinaries binaries, Account? account, CancellationToken ct)
    {
        var (exit, output) = await RunAsync(binaries.Initdb, account,
            ["-D", Data, "-U", User, "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"], ct);
        if (exit is not 0)
        {
            await File.WriteAllTextAsync(LogFile, output, ct);
            throw new ProblemException(StoreProblems.DidNotStart(LogFile));
        }

        LogCreated(Data, binaries.Major);
    }

    private void Start(PostgresBinaries binaries, Account? account)
    {
        // A session of its own: a signal to davitd's group must not take the database down with it.
        var start = account.Wrap("setsid", ["--fork", binaries.Server,
            "-D", Data, "-k", Socket,
            "-c", "listen_addresses=", "-c", "unix_socket_permissions=0700", "-c", "max_connections=100",
            "-c", "shared_buffers=32MB", "-c", "jit=off",
            "-c", "logging_collector=on", "-c", $"log_directory={directory}", "-c", "log_filename=postgres.log", "-c", "log_rotation_size=0", "-c", "log_rotation_age=0"]);
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        using var process = Process.Start(start)!;

        // The server's own collector writes the log file; an open pipe that nobody reads would stop it one day.
        process.StandardInput.Close();
        process.StandardOutput.Close();
        process.StandardError.Close();
        LogStarted(Data);
    }

    private static async Task<(int Exit, string Output)> RunAsync(string program, Account? account, string[] arguments, CancellationToken ct)
    {
        var start = account.Wrap(program, arguments);
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        using var process = Process.Start(start)!;
        var output = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(ct), process.StandardError.ReadToEndAsync(ct));
        await process.WaitForExitAsync(ct);
        return (process.ExitCode, string.Concat(output));
    }

    /// <summary>The server of this data directory, when its process is alive.</summary>
    private int? ServerPid()
    {
        try
        {
            var first = File.ReadLines(Path.Combine(Data, "postmaster.pid")).FirstOrDefault();
            return int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var pid) && Signals.IsAlive(pid, "postgres") ? pid : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    [LoggerMessage(EventId = 4101, Level = LogLevel.Information, Message = "created a private PostgreSQL {Major} cluster in {Data}")]
    private partial void LogCreated(string data, int major);

    [LoggerMessage(EventId = 4102, Level = LogLevel.Information, Message = "started PostgreSQL on {Data}")]
    private partial void LogStarted(string data);

    [LoggerMessage(EventId = 4103, Level = LogLevel.Warning, Message = "the private PostgreSQL in {Directory} has ended; starting it again")]
    private partial void LogGone(string directory);

    [LoggerMessage(EventId = 4104, Level = LogLevel.Error, Message = "the private PostgreSQL did not come back: {Code} {Detail}")]
    private partial void LogNotBack(string code, string detail);
}
