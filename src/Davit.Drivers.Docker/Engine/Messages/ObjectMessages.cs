using System.Text.Json.Serialization;

namespace Davit.Drivers.Docker.Engine.Messages;

internal sealed record NetworkCreate(string Name)
{
    public bool CheckDuplicate { get; init; } = true;

    public string? Driver { get; init; }

    public bool? Internal { get; init; }

    public bool? EnableIPv6 { get; init; }

    public bool? Attachable { get; init; }

    public IpamSetting? IPAM { get; init; }

    public SortedDictionary<string, string>? Options { get; init; }

    public SortedDictionary<string, string>? Labels { get; init; }
}

internal sealed record IpamSetting
{
    public string? Driver { get; init; }

    public IReadOnlyList<IpamBlock>? Config { get; init; }

    public SortedDictionary<string, string>? Options { get; init; }
}

internal sealed record IpamBlock
{
    public string? Subnet { get; init; }

    public string? Gateway { get; init; }

    public string? IPRange { get; init; }

    public SortedDictionary<string, string>? AuxiliaryAddresses { get; init; }
}

internal sealed record NetworkReply(string Id, string Name)
{
    public bool Internal { get; init; }

    public DateTimeOffset? Created { get; init; }

    public IpamSetting? IPAM { get; init; }

    public Dictionary<string, string>? Labels { get; init; }

    public Dictionary<string, NetworkMember>? Containers { get; init; }
}

internal sealed record NetworkMember
{
    public string Name { get; init; } = "";
}

internal sealed record VolumeCreate(string Name)
{
    public string? Driver { get; init; }

    public SortedDictionary<string, string>? DriverOpts { get; init; }

    public SortedDictionary<string, string>? Labels { get; init; }
}

internal sealed record VolumeReply(string Name)
{
    public string? Mountpoint { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public Dictionary<string, string>? Labels { get; init; }

    public VolumeUsage? UsageData { get; init; }
}

internal sealed record VolumeUsage(long Size);

internal sealed record VolumesReply
{
    public VolumeReply[]? Volumes { get; init; }
}

internal sealed record ImageReply(string Id)
{
    public string[]? RepoTags { get; init; }

    public string[]? RepoDigests { get; init; }

    public string Os { get; init; } = "";

    public string Architecture { get; init; } = "";

    public string? Variant { get; init; }

    public long Size { get; init; }

    public string? Created { get; init; }

    public ContainerConfig? Config { get; init; }
}

internal sealed record ImageListed(string Id)
{
    public string[]? RepoTags { get; init; }

    public string[]? RepoDigests { get; init; }

    public long Size { get; init; }

    public long Created { get; init; }

    public Dictionary<string, string>? Labels { get; init; }
}

internal sealed record RegistryAuth(
    [property: JsonPropertyName("username")] string User,
    [property: JsonPropertyName("password")] string Password,
    [property: JsonPropertyName("serveraddress")] string Server);

internal sealed record StoredLogins([property: JsonPropertyName("auths")] Dictionary<string, StoredLogin> Logins);

internal sealed record StoredLogin([property: JsonPropertyName("auth")] string Auth);

/// <summary>A line of a pull or a build.</summary>
internal sealed record ProgressLine
{
    [JsonPropertyName("id")]
    public string? Id { get; init; }

    [JsonPropertyName("status")]
    public string? Status { get; init; }

    [JsonPropertyName("stream")]
    public string? Stream { get; init; }

    [JsonPropertyName("error")]
    public string? Error { get; init; }

    /// <summary>Base64 for the builder's trace, an object for the id of the image.</summary>
    [JsonPropertyName("aux")]
    public System.Text.Json.JsonElement? Aux { get; init; }
}

internal sealed record EventMessage
{
    public string Type { get; init; } = "";

    public string Action { get; init; } = "";

    public EventActor? Actor { get; init; }

    [JsonPropertyName("timeNano")]
    public long TimeNano { get; init; }
}

internal sealed record EventActor
{
    [JsonPropertyName("ID")]
    public string Id { get; init; } = "";

    public Dictionary<string, string>? Attributes { get; init; }
}

internal sealed record DiskReply
{
    public long LayersSize { get; init; }

    public ContainerSize[]? Containers { get; init; }

    public VolumeReply[]? Volumes { get; init; }

    public CacheSize[]? BuildCache { get; init; }
}

internal sealed record ContainerSize
{
    public long SizeRw { get; init; }
}

internal sealed record CacheSize
{
    public long Size { get; init; }

    public bool Shared { get; init; }
}
