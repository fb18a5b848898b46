namespace Davit.ControlPlane.Hosting;

/// <summary>Where davitd keeps its state and what it talks to. Every value comes from a flag or its <c>DAVIT_*</c> variable.</summary>
internal sealed record ServerOptions
{
    /// <summary>Everything davitd writes lies below it.</summary>
    public required string Data { get; init; }

    /// <summary>A TCP address for the API, or "" for the unix socket alone.</summary>
    public string Listen { get; init; } = "";

    /// <summary>Where people and programs reach the API, such as <c>https://davit.example.com</c>: what JWTs name as their issuer, and where identity providers send browsers back to. "" is unknown.</summary>
    public string PublicUrl { get; init; } = "";

    /// <summary>Networks of identity providers that are not public; plain HTTP is spoken to loopback alone, and only when it is among them.</summary>
    public IReadOnlyList<string> ProviderNetworks { get; init; } = [];

    /// <summary>PEM files for a TCP address that others can reach; "" makes a self-signed certificate.</summary>
    public string TlsCertificate { get; init; } = "";

    public string TlsKey { get; init; } = "";

    /// <summary>Networks of proxies whose <c>X-Forwarded-For</c> is believed; none are.</summary>
    public IReadOnlyList<string> TrustedProxies { get; init; } = [];

    /// <summary>What each token may read in a minute, unless its org has said otherwise; 0 is without limit. Its org may do ten times as much.</summary>
    public long ReadsPerMinute { get; init; } = 60_000;

    public long WritesPerMinute { get; init; } = 12_000;

    /// <summary>How many requests of a network may carry no token that is known to be good; 0 is without limit.</summary>
    public long StrangersPerMinute { get; init; } = 6_000;

    /// <summary>How often somebody in a network may try to prove who he is; 0 is without limit.</summary>
    public long SignInsPerMinute { get; init; } = 60;

    /// <summary>A sorted file with hashes of stolen passwords, which nobody may take; "" is none.</summary>
    public string BreachedPasswords { get; init; } = "";

    /// <summary>An Npgsql connection string; "" runs a private cluster.</summary>
    public string Database { get; init; } = "";

    public string EngineHost { get; init; } = "";

    public string BaseDomain { get; init; } = "";

    public int HttpPort { get; init; } = 80;

    public int HttpsPort { get; init; } = 443;

    /// <summary>The edge's executable; "" leaves starting it to somebody else.</summary>
    public string EdgeProgram { get; init; } = "";

    /// <summary>The directory or <c>s3://</c> place that backups of volumes go to; "" is nowhere.</summary>
    public string Backups { get; init; } = "";

    /// <summary>The file with endpoint, region and keys of an <c>s3://</c> place.</summary>
    public string BackupsS3 { get; init; } = "";

    /// <summary>The API's unix socket; "" is <c>davitd.sock</c> in the data directory. Replicas that share the directory have one each.</summary>
    public string Socket { get; init; } = "";

    public string ApiSocket => Socket is "" ? Path.Combine(Data, "davitd.sock") : Socket;

    public string EdgeSocket => Path.Combine(Data, "edge", "control.sock");

    public string EdgeData => Path.Combine(Data, "edge");

    public string Content => Path.Combine(Data, "content");

    public string Sources => Path.Combine(Data, "sources");

    public string LogFiles => Path.Combine(Data, "logs");

    public string Keys => Path.Combine(Data, "keys");

    /// <summary>Signed checkpoints and archives of the audit log, outside of the database.</summary>
    public string AuditFiles => Path.Combine(Data, "audit");

    /// <summary>The code for making the first owner, while there is none.</summary>
    public string SetupFile => Path.Combine(Data, "setup.code");

    public string TokenFile => Path.Combine(Data, "owner.token");
}
