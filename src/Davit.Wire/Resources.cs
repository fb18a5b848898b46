using System.Text.Json.Nodes;

namespace Davit.Wire;

/// <param name="Next">The cursor of the next page; null on the last one.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>What an id belongs to.</summary>
/// <param name="Kind">The prefix of its id.</param>
/// <param name="Path">Where the API keeps it.</param>
public sealed record ThingView(string Id, string Kind, string Path);

public sealed record OrgView(string Id, string Name, long Version, DateTimeOffset CreatedAt)
{
    /// <summary>From when on everybody in it needs a second factor; null is never.</summary>
    public DateTimeOffset? SecondFactorFrom { get; init; }

    public DateTimeOffset? SuspendedAt { get; init; }

    public string? SuspendedFor { get; init; }
}

/// <param name="Required">Everybody in the org needs a second factor.</param>
/// <param name="ExpectedVersion">The org's version that the change was made for.</param>
/// <param name="GraceDays">How many days people have for setting one up, 0 to 30.</param>
public sealed record SecondFactorRequest(bool Required, long? ExpectedVersion = null, int GraceDays = 7);

/// <param name="Reason">What whoever is refused is told.</param>
public sealed record SuspensionRequest(bool Suspended, string Reason = "");

public sealed record ProjectView(string Id, string Name, string Description, long Version, DateTimeOffset CreatedAt);

public sealed record AppView(string Id, string Project, string Name, string Description, long Version, DateTimeOffset CreatedAt);

/// <param name="State">What is wished of it: <c>empty</c>, <c>serving</c>, <c>stopped</c> or <c>deleting</c>. How it stands is in its status.</param>
public sealed record EnvView(string Id, string App, string Name, long Version, string State, DateTimeOffset CreatedAt)
{
    /// <summary>Writes need a grant that was made for it, or reaches protected environments.</summary>
    public bool Protected { get; init; }

    public string? Release { get; init; }

    public string? Deployment { get; init; }
}

public sealed record CreateRequest(string Name, string Description = "");

/// <param name="ExpectedVersion">The version the change was made for; without it the change is refused.</param>
public sealed record UpdateRequest(long? ExpectedVersion = null)
{
    public string? Name { get; init; }

    public string? Description { get; init; }
}

/// <summary>What every accepted write answers.</summary>
/// <param name="Receipt">The signed receipt.</param>
public sealed record Receipted<T>(T Value, JsonObject Receipt);

public sealed record ReceiptView(string Id, string Kind, string Status, DateTimeOffset At, IReadOnlyList<string> Subjects);

public sealed record UploadView(string Id, string Digest, long Bytes, int Files);

public sealed record EventView(
    long Seq, DateTimeOffset At, string Type, int Version, IReadOnlyList<string> Subjects, string Actor, string RequestId, string CorrelationId, JsonObject Payload, string PrevHash, string Hash)
{
    /// <summary>Where the request came from: an IP address, that of this machine for the unix socket, "" when nobody asked.</summary>
    public string Address { get; init; } = "";

    /// <summary><c>allowed</c> or <c>denied</c>.</summary>
    public string Decision { get; init; } = "allowed";

    /// <summary>Which members the hash covers.</summary>
    public int Form { get; init; } = 1;
}

public sealed record EventsVerdict(long Checked, long? FirstBroken);

public sealed record WhoView(string Org, string OrgName, string Actor);

public sealed record CapabilitiesView(string Version, string InstallationId, IReadOnlyList<string> Drivers, IReadOnlyDictionary<string, string> Features);

/// <summary>The server and what it stands on.</summary>
/// <param name="Parts">Database, engine and edge, each as it answered just now.</param>
public sealed record ServerView(string Version, string InstallationId, DateTimeOffset StartedAt, long UptimeSeconds, IReadOnlyList<string> ApiVersions, IReadOnlyList<CheckView> Parts);

public sealed record HealthView(string Status, IReadOnlyList<CheckView> Checks);

/// <param name="Severity"><c>ok</c>, <c>warning</c> or <c>blocking</c>.</param>
/// <param name="Fix">What to do about it; "" when nothing is to do.</param>
public sealed record CheckView(string Name, string Severity, string Detail, string Fix = "");

public sealed record SigningKeyView(string Id, string Algorithm, string PublicPem);
