namespace Davit.Manifest;

/// <summary>What the platform does with a Compose key.</summary>
public enum KeyClass
{
    /// <summary>Honoured on docker and swarm.</summary>
    Honoured,

    /// <summary>Honoured where the driver can; otherwise the driver says so.</summary>
    DriverLimited,

    /// <summary>Honoured with a capability granted by the org.</summary>
    Capability,

    /// <summary>Read without effect.</summary>
    Note,

    Refused,
}
