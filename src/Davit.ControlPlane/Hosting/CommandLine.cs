using System.Globalization;
using Davit.ControlPlane.Volumes;
using Davit.Model;

namespace Davit.ControlPlane.Hosting;

/// <summary>What the process was asked to do. Closed.</summary>
internal abstract record Invocation
{
    private Invocation()
    {
    }

    public sealed record Serve(ServerOptions Options) : Invocation;

    public sealed record Migrate(ServerOptions Options) : Invocation;

    public sealed record Keys(ServerOptions Options, bool Rotate) : Invocation;

    public sealed record PrintOpenApi : Invocation;

    public sealed record MakeSetupCode(ServerOptions Options) : Invocation;

    public sealed record Help(string Text, int ExitCode) : Invocation
    {
        public int Print()
        {
            (ExitCode is 0 ? System.Console.Out : System.Console.Error).WriteLine(Text);
            return ExitCode;
        }
    }
}

/// <summary>Reads flags and <c>DAVIT_*</c> variables; a flag wins.</summary>
internal static class CommandLine
{
    private const string Usage =
        """
        davitd — the Davit control plane

          davitd [options]            serve the API and reconcile
          davitd migrate [options]    bring the database to this version
          davitd keys status [options]  show the master keys and how many keys each of them wraps
          davitd keys rotate [options]  make a new master key and wrap every key with it, while servers go on
          davitd openapi              print the API's OpenAPI document
          davitd setup-code [options] make a new code for the first owner, and print the file that it is in

        Options (variable):
          --data DIR         state directory (DAVIT_DATA, default /var/lib/davit)
          --socket PATH      the API's unix socket (DAVIT_SOCKET, default davitd.sock in the data directory)
          --listen HOST:PORT also serve the API on TCP, off loopback with TLS (DAVIT_LISTEN, default: unix socket only)
          --public-url URL   where people reach the API, such as https://davit.example.com; single sign-on needs it, JWTs name it (DAVIT_PUBLIC_URL, default: unknown)
          --provider-networks NETWORKS
                             private networks that identity providers may be in, with commas (DAVIT_PROVIDER_NETWORKS, default: none)
          --tls-certificate FILE, --tls-key FILE
                             PEM files for --listen (DAVIT_TLS_CERTIFICATE, DAVIT_TLS_KEY, default: a self-signed certificate in the data directory)
          --trusted-proxies NETWORKS
                             proxies whose X-Forwarded-For is believed, with commas (DAVIT_TRUSTED_PROXIES, default: none)
          --reads-per-minute N, --writes-per-minute N
                             of each token, 0 for no limit (DAVIT_READS_PER_MINUTE, DAVIT_WRITES_PER_MINUTE, default 60000 and 12000)
          --strangers-per-minute N, --sign-ins-per-minute N
                             of each network (DAVIT_STRANGERS_PER_MINUTE, DAVIT_SIGN_INS_PER_MINUTE, default 6000 and 60)
          --breached-passwords FILE
                             stolen passwords that nobody may take: sorted lines of SHA-1 or SHA-256 in hex (DAVIT_BREACHED_PASSWORDS, default: none)
          --database CONN    PostgreSQL connection string (DAVIT_DATABASE, default: private cluster in the data directory)
          --engine HOST      Docker engine, unix:///path (DOCKER_HOST, default unix:///var/run/docker.sock)
          --base-domain NAME hosts of apps are made below it (DAVIT_BASE_DOMAIN, default localhost)
          --edge PROGRAM     start and watch this davit-edge (DAVIT_EDGE, default: somebody else does)
          --backups PLACE    where backups of volumes go: an existing directory on another disk, or s3://BUCKET/PREFIX (DAVIT_BACKUPS, default: nowhere)
          --backups-s3 FILE  endpoint, region and keys of that bucket, in a file that only davitd's user may read (DAVIT_BACKUPS_S3)
          --http-port N      the edge's HTTP port (DAVIT_HTTP_PORT, default 80)
          --https-port N     the edge's HTTPS port (DAVIT_HTTPS_PORT, default 443)

        Example: davitd --data /var/lib/davit --edge /usr/bin/davit-edge
        """;

    private static readonly string[] Known =
    [
        "data", "socket", "listen", "database", "engine", "base-domain", "edge", "backups", "backups-s3", "http-port", "https-port", "tls-certificate", "tls-key", "trusted-proxies",
        "reads-per-minute", "writes-per-minute", "strangers-per-minute", "sign-ins-per-minute", "breached-passwords", "public-url", "provider-networks",
    ];

    public static Invocation Read(string[] args)
    {
        var verb = args.Length > 0 && !args[0].StartsWith('-') ? args[0] : "";
        var flags = new Dictionary<string, string>(StringComparer.Ordinal);
        if (verb is "keys" && args is [_, var what, ..])
            verb = $"keys {what}";
        for (var i = verb.Split(' ').Count(w => w is not ""); i < args.Length; i++)
        {
            if (args[i] is "--help" or "-h")
                return new Invocation.Help(Usage, 0);
            if (!args[i].StartsWith("--", StringComparison.Ordinal) || i + 1 >= args.Length)
                return new Invocation.Help($"davitd: '{args[i]}' is not an option with a value\n\n{Usage}", 2);
            flags[args[i][2..]] = args[++i];
        }

        if (flags.Keys.Except(Known, StringComparer.Ordinal).FirstOrDefault() is { } unknown)
            return new Invocation.Help($"davitd: unknown option --{unknown}\n\n{Usage}", 2);

        return verb switch
        {
            "" or "serve" => new Invocation.Serve(Options(flags)),
            "migrate" => new Invocation.Migrate(Options(flags)),
            "keys status" or "keys rotate" => new Invocation.Keys(Options(flags), verb is "keys rotate"),
            "openapi" => new Invocation.PrintOpenApi(),
            "setup-code" => new Invocation.MakeSetupCode(Options(flags)),
            _ => new Invocation.Help($"davitd: unknown command '{verb}'\n\n{Usage}", 2),
        };
    }

    private static ServerOptions Options(Dictionary<string, string> flags)
    {
        return new ServerOptions
        {
            Data = Path.GetFullPath(Value("data", "DAVIT_DATA", "/var/lib/davit")),
            Socket = Value("socket", "DAVIT_SOCKET", "") is { Length: > 0 } socket ? Path.GetFullPath(socket) : "",
            Listen = Value("listen", "DAVIT_LISTEN", ""),
            PublicUrl = Url("public-url", "DAVIT_PUBLIC_URL"),
            ProviderNetworks = Networks("provider-networks", "DAVIT_PROVIDER_NETWORKS"),
            TlsCertificate = Value("tls-certificate", "DAVIT_TLS_CERTIFICATE", "") is { Length: > 0 } certificate ? Path.GetFullPath(certificate) : "",
            TlsKey = Value("tls-key", "DAVIT_TLS_KEY", "") is { Length: > 0 } key ? Path.GetFullPath(key) : "",
            TrustedProxies = Networks("trusted-proxies", "DAVIT_TRUSTED_PROXIES"),
            ReadsPerMinute = Rate("reads-per-minute", "DAVIT_READS_PER_MINUTE", 60_000),
            WritesPerMinute = Rate("writes-per-minute", "DAVIT_WRITES_PER_MINUTE", 12_000),
            StrangersPerMinute = Rate("strangers-per-minute", "DAVIT_STRANGERS_PER_MINUTE", 6_000),
            SignInsPerMinute = Rate("sign-ins-per-minute", "DAVIT_SIGN_INS_PER_MINUTE", 60),
            BreachedPasswords = Value("breached-passwords", "DAVIT_BREACHED_PASSWORDS", "") is { Length: > 0 } list ? Path.GetFullPath(list) : "",
            Database = Value("database", "DAVIT_DATABASE", ""),
            EngineHost = Value("engine", "DOCKER_HOST", "unix:///var/run/docker.sock"),
            BaseDomain = Value("base-domain", "DAVIT_BASE_DOMAIN", ""),
            EdgeProgram = Value("edge", "DAVIT_EDGE", ""),
            Backups = Value("backups", "DAVIT_BACKUPS", "") switch { "" => "", var place => S3Place.Names(place) ? S3Place.Parse(place).ToString() : Path.GetFullPath(place) },
            BackupsS3 = Value("backups-s3", "DAVIT_BACKUPS_S3", "") is { Length: > 0 } file ? Path.GetFullPath(file) : "",
            HttpPort = Port("http-port", "DAVIT_HTTP_PORT", "80"),
            HttpsPort = Port("https-port", "DAVIT_HTTPS_PORT", "443"),
        };

        string Value(string flag, string variable, string otherwise) =>
            flags.GetValueOrDefault(flag) ?? (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } set ? set : otherwise);

        string[] Networks(string flag, string variable) => Value(flag, variable, "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

        string Url(string flag, string variable) => Value(flag, variable, "") is { Length: > 0 } text ? ReadUrl(flag, text) : "";

        long Rate(string flag, string variable, long otherwise) => Value(flag, variable, "") is { Length: > 0 } text ? ReadRate(flag, text) : otherwise;

        int Port(string flag, string variable, string otherwise) => ReadPort(flag, Value(flag, variable, otherwise));
    }

    /// <summary>Plain HTTP would show the session's cookie, and browsers do not send it there.</summary>
    private static string ReadUrl(string flag, string text) => Uri.TryCreate(text, UriKind.Absolute, out var url) && url is { Scheme: "https", Query: "", Fragment: "", UserInfo: "", AbsolutePath: "/" }
        ? url.GetLeftPart(UriPartial.Authority)
        : throw new ProblemException(ServerProblems.BadOption($"--{flag}", text, "an https address without a path"));

    private static long ReadRate(string flag, string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var rate) && rate <= int.MaxValue / 10
        ? rate
        : throw new ProblemException(ServerProblems.BadOption($"--{flag}", text, "a whole number, 0 for no limit"));

    private static int ReadPort(string flag, string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536
        ? port
        : throw new ProblemException(ServerProblems.BadOption($"--{flag}", text, "a port from 1 to 65535"));
}
