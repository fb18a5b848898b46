using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Davit.Manifest;
using Davit.Model;
using Davit.Planning.Garbage;
using Davit.Planning.Instances;
using NetworkSpec = Davit.Planning.Instances.NetworkSpec;
using VolumeSpec = Davit.Planning.Instances.VolumeSpec;

namespace Davit.Planning.Wishes;

/// <summary>
/// What one deployment wants its environment to be: the release's services with everything the environment adds. It is
/// stored with the deployment, and rolling back is wishing it again.
/// </summary>
public sealed record Wish(ReleaseId Release, string App, string Env)
{
    public EquatableList<NetworkSpec> Networks { get; init; }

    public EquatableList<VolumeSpec> Volumes { get; init; }

    /// <summary>Sorted so that a dependency stands before what depends on it.</summary>
    public EquatableList<ServiceWish> Services { get; init; }

    public EquatableList<RouteWish> Routes { get; init; }

    public EquatableList<CommandWish> Commands { get; init; }

    /// <summary>How long everything must stay well after the switch before the deployment counts as live.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Null when it takes over at once and nothing of the release before stays.</summary>
    public TakeoverWish? Takeover { get; init; }

    /// <summary>Null keeps what environments usually keep.</summary>
    public RetentionPolicy? Retention { get; init; }

    public ServiceWish? Find(string service) => Services.FirstOrDefault(s => s.Name == service);

    public Wish WithScale(IReadOnlyDictionary<string, int> scale) => this with
    {
        Services = [.. Services.Select(s => scale.TryGetValue(s.Name, out var n) && s.CanScale ? s with { Scale = n } : s)],
    };

    /// <summary>The same environment with nothing running on these volumes.</summary>
    public Wish WithoutUsersOf(IReadOnlyCollection<string> volumes) => volumes.Count is 0 ? this : this with
    {
        Services = [.. Services.Select(s => volumes.Any(s.Mounts) ? s with { Scale = 0 } : s)],
    };

    /// <summary>The same environment with nothing running and nothing routed; networks and volumes stay.</summary>
    public Wish Stopped() => this with { Services = [.. Services.Select(s => s with { Scale = 0 })], Routes = [] };
}

/// <summary>One service of a wish.</summary>
/// <param name="Template">What each instance is made from; its name and ids are filled in when an instance is planned.</param>
/// <param name="SpecHash">Two services with equal hashes are the same, and their instances are kept.</param>
public sealed record ServiceWish(string Name, ServiceKind Kind, InstanceSpec Template, string SpecHash)
{
    public string KindReason { get; init; } = "";

    public int Scale { get; init; } = 1;

    public EquatableList<DependencyWish> DependsOn { get; init; }

    /// <summary>Why old instances must stop before new ones start; "" when both may run side by side.</summary>
    public string StopFirstReason { get; init; } = "";

    /// <summary>The port that routes reach.</summary>
    public int? Port { get; init; }

    public ProbeWish Probe { get; init; } = new(ProbeKind.None);

    /// <summary>How long a new instance may take to become ready.</summary>
    public TimeSpan Startup { get; init; } = TimeSpan.FromMinutes(2);

    public TimeSpan? Drain { get; init; }

    /// <summary>Set for static services: no instance runs, the edge answers from the tree.</summary>
    public StaticWish? Static { get; init; }

    /// <param name="volume">The runtime's name.</param>
    public bool Mounts(string volume) => Template.Mounts.Any(m => m is Instances.MountSpec.Volume { Name: { } name } && name == volume);

    [JsonIgnore]
    public bool IsJob => Kind is ServiceKind.Job;

    [JsonIgnore]
    public bool CanScale => Kind is ServiceKind.Web or ServiceKind.Worker && StopFirstReason is "";
}

public sealed record DependencyWish(string Service, DependencyCondition Condition, bool IsRequired);

public enum ProbeKind
{
    None,
    Http,
    Tcp,
    Grpc,
}

/// <summary>How readiness is asked for from outside the instance.</summary>
public sealed record ProbeWish(ProbeKind Kind)
{
    public int Port { get; init; }

    public string Path { get; init; } = "/";

    public string Host { get; init; } = "";

    public EquatableMap Headers { get; init; }

    /// <summary>Ranges such as <c>200-399</c>.</summary>
    public EquatableList<string> Expect { get; init; }

    public string Body { get; init; } = "";

    public string GrpcService { get; init; } = "";

    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(2);

    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(2);

    public int Successes { get; init; } = 1;

    public int Failures { get; init; } = 3;
}

/// <param name="Tree">The content-addressed directory, <c>sha256:…</c>.</param>
public sealed record StaticWish(string Tree)
{
    public bool IsSinglePage { get; init; }

    public string NotFound { get; init; } = "404.html";

    public EquatableList<StaticHeaderWish> Headers { get; init; }
}

public sealed record StaticHeaderWish(string Match, EquatableMap Headers);

public sealed record RouteWish(string Id, RouteKind Kind, string Service)
{
    /// <summary>"" is every host that no other route names.</summary>
    public string Host { get; init; } = "";

    public string Path { get; init; } = "/";

    public bool Strip { get; init; }

    public int Listen { get; init; }

    /// <summary>Another port than the service's own.</summary>
    public int? Port { get; init; }

    public TlsMode Tls { get; init; } = TlsMode.Auto;

    public TimeSpan? Timeout { get; init; }

    /// <param name="httpPort">The port of the edge that users reach.</param>
    public string Url(int httpPort) => Kind is RouteKind.Http
        ? $"http://{(Host is "" or "*" ? "localhost" : Host)}{(httpPort is 80 ? "" : ":" + httpPort.ToString(CultureInfo.InvariantCulture))}{Path}"
        : $"tcp://localhost:{Listen}";

    /// <summary>What no other environment of the installation may hold at the same time.</summary>
    [JsonIgnore]
    public string Claim => Kind is RouteKind.Http ? $"http {Host}{Path}" : Kind is RouteKind.Tcp ? $"tcp {Listen}" : $"tls {Host}";
}

/// <summary>A release command, run in a one-off instance of its service.</summary>
public sealed record CommandWish(string Name, string Service, EquatableList<string> Arguments, ReleaseMoment When)
{
    public TimeSpan Deadline { get; init; } = TimeSpan.FromMinutes(10);

    public bool IsBackward { get; init; }
}

/// <summary>How wishes are stored, and how equal ones are recognised.</summary>
public static class WishJson
{
    private static readonly JsonSerializerOptions Options = DavitJson.Configure(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    public static string Write(Wish wish) => JsonSerializer.Serialize(wish, Options);

    public static Wish Read(string json) => JsonSerializer.Deserialize<Wish>(json, Options)!;

    /// <summary>SHA-256 over the canonical JSON of any plain record of this project.</summary>
    public static string Hash<T>(T value) => CanonicalJson.Hash(JsonSerializer.SerializeToNode(value, Options));

    public static JsonNode Node<T>(T value) => JsonSerializer.SerializeToNode(value, Options)!;
}
