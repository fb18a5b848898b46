using System.Net;
using System.Net.Sockets;
using System.Reflection;
using Davit.Model;

namespace Davit.Edge.Upgrading;

/// <summary>The first part of a process that takes over from another: serve on addresses of its own to be tried, then on the real ones.</summary>
internal static class Succession
{
    private static readonly TimeSpan TrialEnd = TimeSpan.FromSeconds(1);

    public static string Version { get; } = typeof(Succession).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    /// <exception cref="ProblemException">DV5013: the old process did not want this one, or has ended.</exception>
    public static async Task<EdgeHost> StartAsync(EdgeOptions options, TimeProvider clock, CancellationToken ct)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(options.TakeOver), ct);
        using var channel = new Channel(new NetworkStream(socket, ownsSocket: false));
        var offer = await channel.HearAsync(MessageJson.Default.Offer, ct) ?? throw Unwanted();
        var go = await TrialAsync(channel, options, clock, ct) ?? throw Unwanted();

        var inheritance = new Inheritance(offer.Descriptors);
        var edge = await EdgeHost.StartAsync(options with { Start = new StartState(inheritance, go) }, clock, ct);
        inheritance.CloseRest();
        await channel.SayAsync(new Serving(Version), MessageJson.Default.Serving, ct);
        return edge;
    }

    private static async Task<GoAhead?> TrialAsync(Channel channel, EdgeOptions options, TimeProvider clock, CancellationToken ct)
    {
        var control = Path.Combine(Path.GetDirectoryName(options.Control)!, $"t{Environment.ProcessId}.sock");
        try
        {
            await using var trial = await EdgeHost.StartAsync(options with
            {
                Control = control,
                Http = Loopback(options.Http),
                Https = Loopback(options.Https),
                AccessLog = "",
                DrainTime = TrialEnd,
                Start = new StartState(Inheritance.None, Go: null) { IsTrial = true },
            }, clock, ct);
            await channel.SayAsync(new Trial(control, Text(trial.Listeners.Endpoint("http")), Text(trial.Listeners.Endpoint("https")), ""), MessageJson.Default.Trial, ct);
            var go = await channel.HearAsync(MessageJson.Default.GoAhead, ct);
            await trial.StopAsync();
            return go;
        }
        catch (Exception e) when (e is ProblemException or IOException or SocketException)
        {
            await channel.SayAsync(new Trial("", "", "", e is ProblemException known ? known.Problem.Detail : e.Message), MessageJson.Default.Trial, ct);
            throw;
        }
    }

    private static IPEndPoint? Loopback(IPEndPoint? wanted) => wanted is null ? null : new IPEndPoint(IPAddress.Loopback, 0);

    private static string Text(IPEndPoint? endpoint) => endpoint?.ToString() ?? "";

    private static ProblemException Unwanted() => new(EdgeProblems.UpgradeRefused("this program", "the running edge did not let it take over"));
}

/// <summary>What a process begins with besides its options.</summary>
/// <param name="Go">What the process before knows; null for one that was started anew.</param>
internal sealed record StartState(Inheritance Inheritance, GoAhead? Go)
{
    public static StartState Fresh { get; } = new(Inheritance.None, Go: null);

    /// <summary>It only shows what it can do: it opens no ports that others may need and leaves nothing behind.</summary>
    public bool IsTrial { get; init; }
}
