using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using Davit.Edge.Control;

namespace Davit.Edge.Tests.Support;

/// <summary>The built executable.</summary>
internal sealed class EdgeProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly List<Process> _successors = [];

    private EdgeProcess(Process process, string control, int port, int tlsPort)
    {
        (_process, Port, TlsPort) = (process, port, tlsPort);
        Control = new EdgeControlClient(control);
        Http = new HttpClient { BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")) };
    }

    public EdgeControlClient Control { get; }

    public HttpClient Http { get; }

    public int Port { get; }

    /// <summary>0 when it was started without.</summary>
    public int TlsPort { get; }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static string Program => Path.ChangeExtension(typeof(EdgeHost).Assembly.Location, OperatingSystem.IsWindows() ? ".exe" : null)!;

    /// <param name="data">Its directory.</param>
    /// <param name="https">Whether it serves TLS too.</param>
    /// <param name="descriptors">How many files and sockets it may have open; 0 for as many as this process.</param>
    /// <param name="more">Other options.</param>
    public static async Task<EdgeProcess> StartAsync(string data, bool https = false, int descriptors = 0, params string[] more)
    {
        var socket = Path.Combine(data, "c.sock");
        string[] args = ["--data", data, "--control", socket, "--http", "127.0.0.1:0", "--https", https ? "127.0.0.1:0" : "off", .. more];
        var process = descriptors is 0 ? Launch(Program, args) : Launch("prlimit", [string.Create(CultureInfo.InvariantCulture, $"--nofile={descriptors}:{descriptors}"), Program, .. args]);
        var line = await process.StandardOutput.ReadLineAsync(Ct) ?? throw new InvalidOperationException(await process.StandardError.ReadToEndAsync(Ct));
        return new EdgeProcess(process, socket, PortOf("http"), https ? PortOf("https") : 0);

        int PortOf(string kind) => int.Parse(
            line[(line.IndexOf(kind + " ", StringComparison.Ordinal) + kind.Length + 1)..].Split("127.0.0.1:")[1].Split(',')[0], CultureInfo.InvariantCulture);
    }

    public static async Task<(int Code, string Error)> RunAsync(string[] args)
    {
        using var process = Launch(Program, args);
        var error = await process.StandardError.ReadToEndAsync(Ct);
        await process.WaitForExitAsync(Ct);
        return (process.ExitCode, error);
    }

    public async Task<string> WhoAsync() => (await Http.GetAsync("/who", Ct)).Headers.GetValues("X-Target").Single();

    public void Kill() => _process.Kill();

    public void Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public async Task<bool> RefusesAsync()
    {
        try
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync("127.0.0.1", Port, Ct);
            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    }

    /// <summary>Lets a new process take over; it ends with this object.</summary>
    public async Task<UpgradeOutcome> UpgradeAsync(string program = "")
    {
        var outcome = await Control.UpgradeAsync(program, Ct);
        _successors.Add(Process.GetProcessById(outcome.ProcessId));
        return outcome;
    }

    public async Task<int> ExitCodeAsync()
    {
        await _process.WaitForExitAsync(Ct);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        Control.Dispose();
        foreach (var process in _successors.Prepend(_process))
        {
            if (!process.HasExited)
                process.Kill();

            await process.WaitForExitAsync(CancellationToken.None);
            process.Dispose();
        }
    }

    private static Process Launch(string program, IEnumerable<string> args) =>
        Process.Start(new ProcessStartInfo(program, args) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
}
