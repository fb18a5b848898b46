namespace Davit.Planning.Instances;

/// <summary>A network of one environment. Its name is unique per runtime.</summary>
public sealed record NetworkSpec(string Name, Ownership Owner)
{
    /// <summary>No route to the outside.</summary>
    public bool Internal { get; init; }

    public bool Ipv6 { get; init; }

    /// <summary>Containers that Davit did not start may join it.</summary>
    public bool Attachable { get; init; }

    /// <summary>The engine chooses when empty.</summary>
    public EquatableList<AddressPool> Pools { get; init; }

    /// <summary>Who gives out addresses; null is the engine itself.</summary>
    public string? AddressDriver { get; init; }

    public EquatableMap AddressOptions { get; init; }

    /// <summary>Null is the driver's usual one.</summary>
    public string? Driver { get; init; }

    public EquatableMap Options { get; init; }

    public EquatableMap Labels { get; init; }
}

/// <summary>A block of addresses in CIDR form.</summary>
public sealed record AddressPool(string? Subnet)
{
    public string? Gateway { get; init; }

    /// <summary>The part of the block that instances get their addresses from.</summary>
    public string? Range { get; init; }

    /// <summary>Addresses that are taken by others, by name.</summary>
    public EquatableMap Reserved { get; init; }
}

/// <summary>A volume of one environment. Its name is unique per runtime.</summary>
public sealed record VolumeSpec(string Name, Ownership Owner)
{
    public string? Driver { get; init; }

    public EquatableMap Options { get; init; }

    public EquatableMap Labels { get; init; }
}
