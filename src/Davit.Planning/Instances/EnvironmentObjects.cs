namespace Davit.Planning.Instances;

/// <summary>A network of one environment. Its name is unique per runtime.</summary>
public sealed record NetworkSpec(string Name, Ownership Owner)
{
    /// <summary>No route to the outside.</summary>
    public bool Internal { get; init; }

    public bool Ipv6 { get; init; }

    /// <summary>CIDR blocks; the engine chooses when empty.</summary>
    public EquatableList<string> Subnets { get; init; }

    /// <summary>Null is the driver's usual one.</summary>
    public string? Driver { get; init; }

    public EquatableMap Options { get; init; }

    public EquatableMap Labels { get; init; }
}

/// <summary>A volume of one environment. Its name is unique per runtime.</summary>
public sealed record VolumeSpec(string Name, Ownership Owner)
{
    public string? Driver { get; init; }

    public EquatableMap Options { get; init; }

    public EquatableMap Labels { get; init; }
}
