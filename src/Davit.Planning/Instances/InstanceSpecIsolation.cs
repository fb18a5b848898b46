namespace Davit.Planning.Instances;

/// <summary>How far the instance is kept from its host and its neighbours.</summary>
public sealed record IsolationSpec
{
    public EquatableList<string> CapAdd { get; init; }

    public EquatableList<string> CapDrop { get; init; }

    public bool Privileged { get; init; }

    public bool ReadOnlyRoot { get; init; }

    /// <summary>In the engine's words, such as <c>no-new-privileges:true</c>.</summary>
    public EquatableList<string> SecurityOptions { get; init; }

    public EquatableMap Sysctls { get; init; }

    public EquatableList<DeviceMapping> Devices { get; init; }

    public EquatableList<string> DeviceCgroupRules { get; init; }

    public string? Ipc { get; init; }

    public string? Pid { get; init; }

    public string? Uts { get; init; }

    public string? UserNamespace { get; init; }

    /// <summary><c>host</c> or <c>private</c>.</summary>
    public string? CgroupNamespace { get; init; }

    public string? CgroupParent { get; init; }

    public string? Runtime { get; init; }
}

/// <summary>A device of the host inside the instance; permissions are any of <c>rwm</c>.</summary>
public sealed record DeviceMapping(string HostPath, string ContainerPath, string Permissions = "rwm");
