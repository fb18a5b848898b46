using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Davit.Testing;

namespace Davit.EndToEnd.Tests.Support;

/// <summary>
/// One installation of its own: a data directory, davitd with its private database, an edge on free ports. When it is
/// disposed, everything is deleted as a user would delete it, and nothing of it may be left in the engine.
/// </summary>
public sealed class Platform : IAsyncLifetime
{
    private static readonly TimeSpan StartsWithin = TimeSpan.FromSeconds(60);
    private readonly List<string> _output = [];
    private Process? _davitd;

    /// <summary>Short, because paths of unix sockets are.</summary>
    internal string Home { get; } = $"/tmp/dve-{Unique()}";

    internal int HttpPort { get; } = FreePort();

    internal int HttpsPort { get; } = FreePort();

    internal string Installation { get; private set; } = "";

    /// <summary>davitd, or what stands in for it; the fate of one that does is ordered in <see cref="Home"/>.</summary>
    internal string Control { get; init; } = Binaries.Davitd;

    /// <summary>Size of the disk that everything of it lies on; null is the machine's own.</summary>
    internal int? DiskMebibytes { get; init; }

    internal SmallDisk? Disk { get; private set; }

    /// <summary>Where it finds its engine; null is the machine's own socket.</summary>
    internal EngineRelay? Relay { get; init; }

    /// <summary>Runs as somebody whom the machine gives no rights, from copies of the programs that such a one may read.</summary>
    internal bool IsUnprivileged { get; init; }

    /// <summary>The machine that everything of it runs on; null is this one.</summary>
    internal OtherMachine? Machine { get; init; }

    /// <summary>Where its edge listens.</summary>
    internal IPAddress Address => Machine?.Address ?? IPAddress.Loopback;

    internal string Data => Path.Combine(Home, "d");

    /// <summary>Where backups of volumes go, unless it is <see cref="Bucket"/>.</summary>
    internal string Backups => Path.Combine(Home, "b");

    /// <summary>An <c>s3://</c> place for backups and the file with its settings.</summary>
    internal (string Place, string Settings)? Bucket { get; init; }

    internal Api Api => field ??= new Api(Path.Combine(Data, "davitd.sock"), Token);

    private string TokenFile => Path.Combine(Data, "owner.token");

    internal string Token => File.ReadAllText(TokenFile).Trim();

    internal IReadOnlyList<string> Output
    {
        get
        {
            lock (_output)
                return [.. _output];
        }
    }

    internal static string Unique() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(3));

    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Home);
        if (DiskMebibytes is { } size)
            Disk = await SmallDisk.MountAsync(Home, size, CancellationToken.None);
        Directory.CreateDirectory(Backups);
        if (IsUnprivileged)
            await Nobody.OwnAsync(Home, Backups);
        Relay?.Listen(Path.Combine(Home, "engine.sock"));
        var (program, arguments) = Own(Binaries.Davitd, ["migrate", "--data", Data]);
        var migrated = await new Program(program, arguments).RunAsync(CancellationToken.None);
        migrated.ShouldSucceed().Out.ShouldContain("applied");
        await StartAsync(CancellationToken.None);
        Installation = (string)(await Api.GetAsync("v1/capabilities", CancellationToken.None))["installationId"]!;
    }

    /// <summary>Starts davitd and waits until it answers.</summary>
    /// <param name="ct">Ends the waiting.</param>
    /// <param name="other">Another file of it, as after an upgrade.</param>
    internal async Task StartAsync(CancellationToken ct, string? other = null)
    {
        var (program, arguments) = Own(other ?? Control,
        [
            "--data", Data, "--edge", IsUnprivileged ? Binaries.Copy(Binaries.Edge, Home) : Binaries.Edge, "--backups", Bucket?.Place ?? Backups,
            "--http-port", HttpPort.ToString(CultureInfo.InvariantCulture), "--https-port", HttpsPort.ToString(CultureInfo.InvariantCulture),
            .. Bucket is { } bucket ? (string[])["--backups-s3", bucket.Settings] : [],
            .. (Relay?.Path ?? Machine?.Socket) is { } engine ? (string[])["--engine", $"unix://{engine}"] : [],
        ]);
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = "/", UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["DAVIT_FATE"] = Home;
        _davitd = Process.Start(start)!;
        _davitd.OutputDataReceived += (_, line) => Keep(line.Data);
        _davitd.ErrorDataReceived += (_, line) => Keep(line.Data);
        _davitd.BeginOutputReadLine();
        _davitd.BeginErrorReadLine();
        await Eventually.HoldsAsync(async () =>
        {
            _davitd.HasExited.ShouldBeFalse(string.Join('\n', Output));
            return File.Exists(TokenFile) && await Api.IsUpAsync(ct);
        }, "davitd answers", StartsWithin, ct);
    }

    private (string Program, string[] Arguments) Own(string program, string[] arguments) => IsUnprivileged ? Nobody.Run(Binaries.Copy(program, Home), arguments)
        : Machine is not null ? Machine.Run(program, arguments)
        : (program, arguments);

    internal bool HasEnded => _davitd!.HasExited;

    internal int ProcessId => _davitd!.Id;

    /// <summary>As a power cut would end it: nothing is told, nothing is cleaned up.</summary>
    internal async Task KillAsync(CancellationToken ct)
    {
        _davitd!.Kill();
        await ExitedAsync(ct);
    }

    internal Task<Ended> DavitAsync(IEnumerable<string> arguments, CancellationToken ct) => Davit(arguments).RunAsync(ct);

    /// <summary>The command line, with a configuration of its own and as the owner.</summary>
    internal Program Davit(IEnumerable<string> arguments, params (string Name, string Value)[] variables) => new(Binaries.Davit, [.. arguments])
    {
        Directory = Home,
        Variables = ((string Name, string Value)[])
        [
            ("XDG_CONFIG_HOME", Path.Combine(Home, "config")), ("DAVIT_SERVER", $"unix://{Data}/davitd.sock"), ("DAVIT_TOKEN", Token), ("NO_COLOR", "1"), .. variables,
        ]
        .GroupBy(v => v.Name, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Last().Value, StringComparer.Ordinal),
    };

    public async ValueTask DisposeAsync()
    {
        var ct = CancellationToken.None;
        string[] left = [], problems = [];
        try
        {
            if (Installation is not "" && _davitd is { HasExited: false })
                problems = await TryToDeleteEverythingAsync(ct);
            else if (Installation is not "")
                problems = ["davitd does not run any more; its last words:", .. Output.TakeLast(40)];
            if (Installation is not "")
                left = await Engine.ObjectsAsync($"davit.installation={Installation}", ct);
        }
        finally
        {
            await StopAsync(ct);
            foreach (var item in left)
                await Engine.RemoveAsync(item, ct);
            if (Relay is not null)
                await Relay.DisposeAsync();
            if (Disk is not null)
                await Disk.DisposeAsync();
            else
                Directory.Delete(Home, recursive: true);
        }

        problems.ShouldBeEmpty();
        left.ShouldBeEmpty("the engine still holds objects of a deleted installation");
    }

    private async Task<string[]> TryToDeleteEverythingAsync(CancellationToken ct)
    {
        try
        {
            return await DeleteEverythingAsync(ct);
        }
        catch (Exception e) when (e is HttpRequestException or TimeoutException)
        {
            return [e.Message, .. Output.TakeLast(40)];
        }
    }

    private async Task<string[]> DeleteEverythingAsync(CancellationToken ct)
    {
        var problems = new List<string>();
        var apps = await Api.GetAsync("v1/orgs/default/projects/default/apps?limit=200", ct);
        foreach (var app in apps["items"]!.AsArray())
        {
            var name = (string)app!["name"]!;
            var ended = await DavitAsync(["delete", "--app", name, "--confirm", name], ct);
            if (ended.Exit is not 0)
                problems.Add(ended.ToString());
        }

        return [.. problems];
    }

    /// <summary>davitd is asked to stop, then the edge, which outlives it by design; the database stops with davitd.</summary>
    private async Task StopAsync(CancellationToken ct)
    {
        if (_davitd is { HasExited: false })
        {
            await new Program("kill", ["-TERM", _davitd.Id.ToString(CultureInfo.InvariantCulture)]).RunAsync(ct);
            await ExitedAsync(ct);
        }

        var edge = Path.Combine(Data, "edge", "davit-edge.pid");
        if (File.Exists(edge))
            await EndAsync((await File.ReadAllTextAsync(edge, ct)).Trim(), "davit-edge", ct);
        var postmaster = Path.Combine(Data, "postgres", "data", "postmaster.pid");
        if (File.Exists(postmaster))
            await EndAsync((await File.ReadAllLinesAsync(postmaster, ct))[0].Trim(), "postgres", ct);
    }

    /// <summary>The edge inherits the output of davitd and keeps it open, so its end is not waited for.</summary>
    private Task ExitedAsync(CancellationToken ct) => Eventually.HoldsAsync(() => Task.FromResult(_davitd!.HasExited), "davitd ends", TimeSpan.FromSeconds(40), ct);

    private static async Task EndAsync(string pid, string name, CancellationToken ct)
    {
        await new Program("kill", ["-TERM", pid]).RunAsync(ct);
        await Eventually.HoldsAsync(() => Task.FromResult(!IsAlive(pid, name)), $"{name} ends", TimeSpan.FromSeconds(20), ct);
    }

    /// <summary>A process that waits to be reaped is not alive.</summary>
    internal static bool IsAlive(string pid, string name)
    {
        try
        {
            var status = File.ReadAllLines($"/proc/{pid}/status");
            return status.Contains($"Name:\t{name}") && !status.Any(l => l.StartsWith("State:\tZ", StringComparison.Ordinal));
        }
        catch (IOException)
        {
            return false;
        }
    }

    private void Keep(string? line)
    {
        if (line is null)
            return;
        lock (_output)
            _output.Add(line);
    }
}
