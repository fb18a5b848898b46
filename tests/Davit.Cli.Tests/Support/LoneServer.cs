using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Davit.Wire;

namespace Davit.Cli.Tests.Support;

/// <summary>A server on a loopback port that knows one deployment and answers as slowly as it is told to.</summary>
internal sealed class LoneServer : IDisposable
{
    public const string Deployment = "dep_01234567890abcdef01234567890abcd";

    private readonly HttpListener _listener;
    private readonly CancellationTokenSource _end = new();
    private readonly TaskCompletionSource _waited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _serving;
    private readonly bool _ends;

    /// <param name="ends">The deployment becomes live; otherwise it goes on for ever.</param>
    public LoneServer(bool ends)
    {
        _ends = ends;
        (_listener, Address) = Listen();
        _serving = ServeAsync(_end.Token);
    }

    public string Address { get; }

    /// <summary>Done when somebody waits for the deployment.</summary>
    public Task Waited => _waited.Task;

    public void Dispose()
    {
        _end.Cancel();
        _listener.Abort();
        _end.Dispose();
    }

    public static (HttpListener Listener, string Address) Listen()
    {
        while (true)
        {
            using var probe = new TcpListener(IPAddress.Loopback, 0);
            probe.Start();
            var address = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/";
            probe.Stop();
            var listener = new HttpListener { Prefixes = { address } };
            try
            {
                listener.Start();
                return (listener, address);
            }
            catch (HttpListenerException)
            {
                listener.Close();
            }
        }
    }

    private static DeploymentView View(bool ended) => new(Deployment, 7, "restart", ended ? "live" : "running", ended, "owner", DateTimeOffset.UnixEpoch)
    {
        Text = ended ? "live" : "starting", ReleaseNumber = 3, Version = ended ? 2 : 1, Urls = ["http://shop.example/"],
        Phases = [new PhaseView("starting", ended ? "done" : "running", DateTimeOffset.UnixEpoch, ended ? DateTimeOffset.UnixEpoch.AddSeconds(1) : null, "")],
    };

    private async Task ServeAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                _ = AnswerAsync(await _listener.GetContextAsync(), ct);
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext asked, CancellationToken ct)
    {
        var path = asked.Request.Url!.AbsolutePath;
        if (path.EndsWith("/wait", StringComparison.Ordinal))
            _waited.TrySetResult();
        if (path.EndsWith("/whoami", StringComparison.Ordinal) || (path.EndsWith("/wait", StringComparison.Ordinal) && !_ends))
            return;

        await using var to = asked.Response.OutputStream;
        if (path.EndsWith("/events", StringComparison.Ordinal))
            await EndlessAsync(to, ct);
        else if (path.EndsWith("/logs", StringComparison.Ordinal))
            await to.WriteAsync("\n"u8.ToArray(), ct);
        else if (path.EndsWith("/deployments", StringComparison.Ordinal))
            await to.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(new Receipted<DeploymentView>(View(false), []), WireJson.Default.ReceiptedDeploymentView), ct);
        else
            await to.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(View(_ends), WireJson.Default.DeploymentView), ct);
    }

    private static async Task EndlessAsync(Stream to, CancellationToken ct)
    {
        var item = new EventView(1, DateTimeOffset.UnixEpoch, "org.created", 1, [], "owner", "", "", [], "", "");
        var line = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(item, WireJson.Default.EventView) + "\n");
        try
        {
            while (!ct.IsCancellationRequested)
                await to.WriteAsync(line, ct);
        }
        catch (Exception e) when (e is HttpListenerException or IOException or ObjectDisposedException)
        {
        }
    }
}
