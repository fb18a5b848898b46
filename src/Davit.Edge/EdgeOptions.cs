using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using Davit.Edge.Upgrading;
using Davit.Model;

namespace Davit.Edge;

/// <summary>What the edge is started with.</summary>
internal sealed record EdgeOptions
{
    public const string Usage = """
        davit-edge: routes, probes, switches and drains.

          --data DIR            tables, certificates and logs (needed)
          --control SOCKET      unix socket of the control protocol (default DIR/control.sock)
          --http ADDR|off       plain HTTP, a port or address:port (default 80)
          --https ADDR|off      TLS by server name (default 443)
          --trust-proxy CIDR    a peer whose forwarding fields are believed; may be repeated
          --access-log FILE|off (default DIR/access.log)
          --access-log-size N   bytes before it is rotated, two old ones are kept (default 67108864)
          --drain SECONDS       how long requests may finish after SIGTERM (default 30)
          --retire SECONDS      how long connections may go on in the old process after an upgrade (default 600)
          --upgrade SECONDS     how long a new program may take to prove itself (default 30)
          --forwarder NAME      own or yarp (default own; HTTP/2 targets always use yarp)
          --version, --help
        """;

    public required string Data { get; init; }

    public string Control { get; init; } = "";

    public IPEndPoint? Http { get; init; } = new(IPAddress.IPv6Any, 80);

    public IPEndPoint? Https { get; init; } = new(IPAddress.IPv6Any, 443);

    public ImmutableArray<IPNetwork> TrustedProxies { get; init; } = [];

    /// <summary>"" for none.</summary>
    public string AccessLog { get; init; } = "";

    public long AccessLogSize { get; init; } = 64 * 1024 * 1024;

    public TimeSpan DrainTime { get; init; } = TimeSpan.FromSeconds(30);

    public bool AlwaysYarp { get; init; }

    public TimeSpan RetireTime { get; init; } = TimeSpan.FromMinutes(10);

    public TimeSpan UpgradeTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The socket on which the process before waits for this one; "" for a process that is started anew.</summary>
    public string TakeOver { get; init; } = "";

    /// <summary>What a new process is started with: what this one was started with.</summary>
    public ImmutableArray<string> Arguments { get; init; } = [];

    public StartState Start { get; init; } = StartState.Fresh;

    /// <exception cref="ProblemException">DV5011.</exception>
    public static EdgeOptions Parse(ReadOnlySpan<string> args)
    {
        var options = new EdgeOptions { Data = "" };
        string? log = null;
        for (var i = 0; i < args.Length; i += 2)
        {
            var (name, value) = args[i].IndexOf('=', StringComparison.Ordinal) is var at and > 0
                ? (args[i][..at], args[i--][(at + 1)..])
                : (args[i], i + 1 < args.Length ? args[i + 1] : throw Refuse($"{args[i]} has no value."));
            options = name switch
            {
                "--data" => options with { Data = Path.GetFullPath(value) },
                "--control" => options with { Control = Path.GetFullPath(value) },
                "--http" => options with { Http = Endpoint(name, value) },
                "--https" => options with { Https = Endpoint(name, value) },
                "--trust-proxy" => options with { TrustedProxies = options.TrustedProxies.Add(Network(value)) },
                "--access-log-size" => options with { AccessLogSize = (long)Number(name, value) },
                "--drain" => options with { DrainTime = TimeSpan.FromSeconds(Number(name, value)) },
                "--retire" => options with { RetireTime = TimeSpan.FromSeconds(Number(name, value)) },
                "--upgrade" => options with { UpgradeTime = TimeSpan.FromSeconds(Number(name, value)) },
                "--take-over" => options with { TakeOver = value },
                "--forwarder" when value is "own" or "yarp" => options with { AlwaysYarp = value is "yarp" },
                "--access-log" => options with { AccessLog = log = value is "off" ? "" : Path.GetFullPath(value) },
                _ => throw Refuse($"{name} is not an option, or '{value}' is not a value for it."),
            };
        }

        if (options.Data is "")
            throw Refuse("--data is missing.");

        return options with
        {
            Control = options.Control is "" ? Path.Combine(options.Data, "control.sock") : options.Control,
            AccessLog = log ?? Path.Combine(options.Data, "access.log"),
            Arguments = [.. args[..(args.IndexOf("--take-over") is var last and >= 0 ? last : args.Length)]],
        };
    }

    private static IPEndPoint? Endpoint(string name, string value)
    {
        if (value is "off")
            return null;

        if (ushort.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var port))
            return new IPEndPoint(System.Net.Sockets.Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any, port);

        return value.Contains(':', StringComparison.Ordinal) && IPEndPoint.TryParse(value, out var endpoint) ? endpoint : throw Refuse($"{name} '{value}' is no port, address:port or 'off'.");
    }

    private static IPNetwork Network(string value) => IPNetwork.TryParse(value, out var network) ? network
        : IPAddress.TryParse(value, out var one) ? new IPNetwork(one, one.AddressFamily is System.Net.Sockets.AddressFamily.InterNetwork ? 32 : 128)
        : throw Refuse($"--trust-proxy '{value}' is no network such as 10.0.0.0/8.");

    private static double Number(string name, string value) =>
        double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : throw Refuse($"{name} '{value}' is no number.");

    private static ProblemException Refuse(string why) => new(EdgeProblems.BadOption(why));
}
