using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using Davit.Edge.Control;

namespace Davit.Edge.Tests.Support;

/// <summary>The built executable.</summary>
internal sealed class EdgeProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly int _port;

    private EdgeProcess(Process process, string control, int port)
    {
        (_process, _port) = (process, port);
        Control = new EdgeControlClient(control);
        Http = new HttpClient { BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")) };
    }

    public EdgeControlClient Control { get; }

    public HttpClient Http { get; }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static string Program => Path.ChangeExtension(typeof(EdgeHost).Assembly.Location, OperatingSystem.IsWindows() ? ".exe" : null)!;

    public static async Task<EdgeProcess> StartAsync(string data)
    {
        var socket = Path.Combine(data, "c.sock");
        var process = Start(["--data", data, "--control", socket, "--http", "127.0.0.1:0", "--https", "off"]);
        var line = await process.StandardOutput.ReadLineAsync(Ct) ?? throw new InvalidOperationException(await process.StandardError.ReadToEndAsync(Ct));
        var address = line[(line.IndexOf("127.0.0.1:", StringComparison.Ordinal) + 10)..].Split(',')[0];
        return new EdgeProcess(process, socket, int.Parse(address, CultureInfo.InvariantCulture));
    }

    public static async Task<(int Code, string Error)> RunAsync(string[] args)
    {
        using var process = Start(args);
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
            await socket.ConnectAsync("127.0.0.1", _port, Ct);
            return false;
        }
        catch (SocketException)
        {
            return true;
        }
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
        if (!_process.HasExited)
            _process.Kill();

        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    private static Process Start(IEnumerable<string> args) =>
        Process.Start(new ProcessStartInfo(Program, args) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
}
