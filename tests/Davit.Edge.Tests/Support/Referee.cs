using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace Davit.Edge.Tests.Support;

/// <summary>Another proxy in front of the same target, from the distribution, on a port of its own.</summary>
internal sealed class Referee : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _directory;

    private Referee(Process process, string directory, int port) => (_process, _directory, Port) = (process, directory, port);

    public int Port { get; }

    /// <summary>The program's path, or null on machines without it.</summary>
    public static string? Find(string name) => new[] { "/usr/sbin", "/usr/local/sbin", "/usr/bin", "/usr/local/bin" }.Select(d => Path.Combine(d, name)).FirstOrDefault(File.Exists);

    public static async Task<Referee> StartAsync(string name, int target)
    {
        var directory = EdgeFixture.NewDirectory();
        var port = Ports.Free();
        var file = Path.Combine(directory, "conf");
        await File.WriteAllTextAsync(file, name is "nginx" ? Nginx(directory, port, target) : Haproxy(port, target), TestContext.Current.CancellationToken);
        string[] args = name is "nginx" ? ["-c", file, "-e", Path.Combine(directory, "error.log")] : ["-db", "-f", file];
        var process = Process.Start(new ProcessStartInfo(Find(name)!, args) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true })!;
        await Eventually.ShouldBeAsync(() => ListensAsync(port), wanted: true);
        return new Referee(process, directory, port);
    }

    public async ValueTask DisposeAsync()
    {
        // Its workers end with it only when it is asked to end.
        using (var ask = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]))
            await ask.WaitForExitAsync(CancellationToken.None);

        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private static async Task<bool> ListensAsync(int port)
    {
        try
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync("127.0.0.1", port, TestContext.Current.CancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static string Haproxy(int port, int target) => string.Create(CultureInfo.InvariantCulture, $"""
        global
          nbthread 1
          maxconn 1000
        defaults
          mode http
          timeout client 20s
          timeout server 20s
          timeout connect 2s
        frontend in
          bind 127.0.0.1:{port}
          default_backend out
        backend out
          server a 127.0.0.1:{target}

        """);

    private static string Nginx(string directory, int port, int target) => string.Create(CultureInfo.InvariantCulture, $$"""
        daemon off; worker_processes 1; pid {{directory}}/pid; error_log {{directory}}/error.log;
        events { worker_connections 1000; }
        http {
          access_log off;
          client_body_temp_path {{directory}}/body; proxy_temp_path {{directory}}/proxy; fastcgi_temp_path {{directory}}/f; uwsgi_temp_path {{directory}}/u; scgi_temp_path {{directory}}/s;
          server {
            listen 127.0.0.1:{{port}};
            location / { proxy_pass http://127.0.0.1:{{target}}; proxy_http_version 1.1; proxy_set_header Host $http_host; proxy_set_header Connection ""; proxy_request_buffering off; }
          }
        }

        """);
}
