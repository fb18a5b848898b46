using System.Diagnostics;
using System.Globalization;
using Davit.EndToEnd.Tests.Support;

namespace Davit.EndToEnd.Tests.Deaths;

/// <summary>Another davitd on the database and the directory of a platform, with a socket of its own.</summary>
internal sealed class SecondDavitd : IAsyncDisposable
{
    private static readonly TimeSpan StartsWithin = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private SecondDavitd(Process process, Api api) => (_process, Api) = (process, api);

    public Api Api { get; }

    public static async Task<SecondDavitd> StartAsync(Platform platform, CancellationToken ct)
    {
        var socket = Path.Combine(platform.Home, "second.sock");
        var start = new ProcessStartInfo(Binaries.Davitd,
        [
            "--data", platform.Data, "--socket", socket, "--edge", Binaries.Edge,
            "--database", $"Host={platform.Data}/postgres/socket;Username=davit;Database=postgres",
            "--http-port", platform.HttpPort.ToString(CultureInfo.InvariantCulture), "--https-port", platform.HttpsPort.ToString(CultureInfo.InvariantCulture),
        ])
        {
            WorkingDirectory = "/", UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        var process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var api = new Api(socket, platform.Token);
        await Eventually.HoldsAsync(() => api.IsUpAsync(ct), "the second davitd answers", StartsWithin, ct);
        return new SecondDavitd(process, api);
    }

    /// <summary>Who leads, as this one sees it; "" when nobody does.</summary>
    public async Task<string> LeaderAsync(CancellationToken ct) => (string?)(await Api.GetAsync("v1/orgs/default/reconcile", ct))["leader"]?["holder"] ?? "";

    public bool IsHolder(string holder) => holder.EndsWith(string.Create(CultureInfo.InvariantCulture, $":{_process.Id}"), StringComparison.Ordinal);

    public async ValueTask DisposeAsync()
    {
        await new Program("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]).RunAsync(CancellationToken.None);
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
        Api.Dispose();
    }
}
