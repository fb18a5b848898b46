namespace Davit.Drivers;

/// <summary>What a driver offers beyond the core. A missing one makes the plan refuse, never the runtime guess.</summary>
[Flags]
public enum DriverCapabilities
{
    None = 0,
    Networks = 1 << 0,
    Volumes = 1 << 1,
    Bind = 1 << 2,
    PublishedPorts = 1 << 3,
    ResourceLimits = 1 << 4,
    HealthChecks = 1 << 5,
    Exec = 1 << 6,
    Terminal = 1 << 7,
    Builds = 1 << 8,
    BuildSecrets = 1 << 9,
    Pull = 1 << 10,
    ListeningSockets = 1 << 11,
    Archives = 1 << 12,
    VolumeSubpath = 1 << 13,
    Annotations = 1 << 14,
    HealthStartInterval = 1 << 15,

    /// <summary>Instances are real processes with a file system, so commands do what they say.</summary>
    RealProcesses = 1 << 16,
}
