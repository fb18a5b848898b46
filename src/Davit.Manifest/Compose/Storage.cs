using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Davit.Manifest;

/// <summary>What is mounted. Closed: every switch over it names every case.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "is")]
[JsonDerivedType(typeof(MountSource.Named), "volume")]
[JsonDerivedType(typeof(MountSource.Content), "content")]
[JsonDerivedType(typeof(MountSource.Host), "host")]
[JsonDerivedType(typeof(MountSource.Memory), "tmpfs")]
[JsonDerivedType(typeof(MountSource.Image), "image")]
public abstract record MountSource
{
    private MountSource()
    {
    }

    /// <summary>A named volume of the app, or an anonymous one when <paramref name="Volume"/> is <see langword="null"/>.</summary>
    public sealed record Named(string? Volume) : MountSource
    {
        public bool NoCopy { get; init; }

        public string? Subpath { get; init; }
    }

    /// <summary>A file or directory of the app directory, carried in the release and mounted read-only.</summary>
    public sealed record Content(string Path) : MountSource;

    /// <summary>An absolute path of the host.</summary>
    public sealed record Host(string Path) : MountSource
    {
        public bool CreateHostPath { get; init; } = true;

        public string? Propagation { get; init; }

        /// <summary><c>z</c>, <c>Z</c> or nothing.</summary>
        public string? Selinux { get; init; }

        public string? Recursive { get; init; }
    }

    public sealed record Memory(long? Size, int? Mode) : MountSource;

    public sealed record Image(string Reference, string? Subpath) : MountSource;
}

public sealed record MountSpec(MountSource Source, string Target, bool ReadOnly)
{
    public string? Consistency { get; init; }
}

public sealed record VolumeSpec
{
    /// <summary>The key under <c>volumes</c>.</summary>
    public required string Key { get; init; }

    /// <summary>The name on the engine.</summary>
    public required string Name { get; init; }

    public string? Driver { get; init; }

    public ImmutableSortedDictionary<string, string> DriverOptions { get; init; } = Maps.None;

    public ImmutableSortedDictionary<string, string> Labels { get; init; } = Maps.None;

    public bool IsExternal { get; init; }

    /// <summary>More than one instance may mount it for writing.</summary>
    public bool IsShared { get; init; }

    public long? Size { get; init; }

    public BackupSpec? Backup { get; init; }
}

public sealed record BackupSpec(TimeSpan Every, int Keep);

/// <summary>Where the bytes of a config or secret come from. Closed: every switch over it names every case.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "is")]
[JsonDerivedType(typeof(FileSource.File), "file")]
[JsonDerivedType(typeof(FileSource.Content), "content")]
[JsonDerivedType(typeof(FileSource.EnvironmentVariable), "variable")]
[JsonDerivedType(typeof(FileSource.External), "external")]
public abstract record FileSource
{
    private FileSource()
    {
    }

    /// <summary>A path relative to the app directory.</summary>
    public sealed record File(string Path) : FileSource;

    public sealed record Content(string Text) : FileSource;

    public sealed record EnvironmentVariable(string Name) : FileSource;

    /// <summary>Made outside the manifest: the store's secret or the engine's own object of that name.</summary>
    public sealed record External(string Name) : FileSource;
}

public sealed record ConfigSpec(string Key, string Name, FileSource Source)
{
    public ImmutableSortedDictionary<string, string> Labels { get; init; } = Maps.None;

    public string? TemplateDriver { get; init; }
}

public sealed record SecretSpec(string Key, string Name, FileSource Source)
{
    public ImmutableSortedDictionary<string, string> Labels { get; init; } = Maps.None;

    public string? TemplateDriver { get; init; }
}

/// <summary>One use of a config or secret by a service or build.</summary>
/// <param name="Source">The key under <c>configs</c> or <c>secrets</c>.</param>
/// <param name="Target">Absolute for configs; a name below the secrets directory or an absolute path for secrets.</param>
public sealed record FileReferenceSpec(string Source, string Target)
{
    public string? Uid { get; init; }

    public string? Gid { get; init; }

    /// <summary>Permission bits, for example 292 for <c>0444</c>.</summary>
    public int? Mode { get; init; }
}
