namespace Davit.Planning.Instances;

/// <summary>What is done at moments of an instance's life, by the driver.</summary>
public sealed record HooksSpec
{
    /// <summary>In order, each in the instance's own file system before its main process. One that fails ends the creation.</summary>
    public EquatableList<HookSpec> Prestart { get; init; }

    /// <summary>Inside the instance right after its main process began. One that fails fails the start.</summary>
    public EquatableList<HookSpec> PostStart { get; init; }

    /// <summary>Inside the running instance before it is told to stop, as long as its grace period lasts. One that fails delays nothing.</summary>
    public EquatableList<HookSpec> PreStop { get; init; }
}

/// <summary>A command as an argument list.</summary>
public sealed record HookSpec(EquatableList<string> Command)
{
    /// <summary>Null is the instance's own.</summary>
    public string? User { get; init; }

    public string? WorkingDirectory { get; init; }

    /// <summary>Added to that of the instance.</summary>
    public EquatableMap Environment { get; init; }

    public bool Privileged { get; init; }
}
