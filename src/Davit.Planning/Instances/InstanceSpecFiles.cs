using System.Text.Json.Serialization;

namespace Davit.Planning.Instances;

/// <summary>Something mounted into the instance. Closed.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Volume), "volume")]
[JsonDerivedType(typeof(Bind), "bind")]
[JsonDerivedType(typeof(Tmpfs), "tmpfs")]
public abstract record MountSpec
{
    private MountSpec(string target) => Target = target;

    /// <summary>Absolute path inside the instance.</summary>
    public string Target { get; }

    /// <param name="Name">The runtime's name of the volume; null is an anonymous one that goes with the instance.</param>
    /// <param name="Target">Absolute path inside the instance.</param>
    public sealed record Volume(string? Name, string Target) : MountSpec(Target)
    {
        public bool ReadOnly { get; init; }

        /// <summary>A directory inside the volume. Drivers that cannot do it refuse.</summary>
        public string? Subpath { get; init; }

        public bool NoCopy { get; init; }
    }

    public sealed record Bind(string Source, string Target) : MountSpec(Target)
    {
        public bool ReadOnly { get; init; }

        public string? Propagation { get; init; }

        public bool CreateHostPath { get; init; }

        /// <summary><c>z</c> shares the content's SELinux label between instances, <c>Z</c> keeps it to this one.</summary>
        public string? Relabel { get; init; }

        /// <summary>Of mounts below the source: <c>enabled</c>, <c>disabled</c>, <c>writable</c> or <c>readonly</c>; null is the engine's usual.</summary>
        public string? Recursive { get; init; }
    }

    public sealed record Tmpfs(string Target) : MountSpec(Target)
    {
        public long? SizeBytes { get; init; }

        public int? Mode { get; init; }

        /// <summary>Further mount options in the kernel's words, such as <c>noexec</c>.</summary>
        public EquatableList<string> Options { get; init; }
    }
}

/// <summary>One file that Davit delivers to an absolute path inside the instance.</summary>
public sealed record FileSpec(string Path, FileContent Content)
{
    /// <summary>Permission bits; 0444 for configs and 0400 for secrets when null.</summary>
    public int? Mode { get; init; }

    /// <summary>Numeric owner; the instance's user when null.</summary>
    public int? Uid { get; init; }

    public int? Gid { get; init; }
}

/// <summary>What is in a file. Closed. The bytes of a secret are never serialised, hashed or printed.</summary>
[JsonConverter(typeof(FileContentConverter))]
public abstract record FileContent
{
    private FileContent()
    {
    }

    public sealed record Plain(EquatableList<byte> Bytes) : FileContent
    {
        public override string ToString() => $"{Bytes.Count} bytes";
    }

    /// <param name="Name">Which secret it is.</param>
    /// <param name="Version">Changes with the value; stands for the value wherever specs are compared.</param>
    /// <param name="Bytes">Empty after a spec was read back from storage: whoever starts the instance fills it in again.</param>
    public sealed record Secret(string Name, string Version, EquatableList<byte>? Bytes) : FileContent
    {
        public bool Equals(Secret? other) => other is not null && (Name, Version) == (other.Name, other.Version);

        public override int GetHashCode() => HashCode.Combine(Name, Version);

        public override string ToString() => "***";
    }
}
