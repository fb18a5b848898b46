using System.Collections.Immutable;
using Davit.Planning.Instances;

namespace Davit.Drivers;

public sealed record NetworkSight(string Name, string RuntimeId, Ownership Owner)
{
    public bool Internal { get; init; }

    public ImmutableArray<string> Subnets { get; init; } = [];

    public DateTimeOffset? CreatedAt { get; init; }
}

public sealed record VolumeSight(string Name, Ownership Owner)
{
    /// <summary>Where the data lies on the runtime's machine, when it says so.</summary>
    public string? Mountpoint { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }
}

/// <summary>Bytes; a count the runtime does not know is 0.</summary>
public sealed record DiskUsage(long ImageBytes, long InstanceBytes, long VolumeBytes, long BuildCacheBytes)
{
    /// <summary>Of volumes of this installation, by name.</summary>
    public ImmutableSortedDictionary<string, long> Volumes { get; init; } = ImmutableSortedDictionary<string, long>.Empty;
}
