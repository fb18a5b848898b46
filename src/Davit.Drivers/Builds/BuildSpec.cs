using Davit.Drivers.Images;
using Davit.Planning.Instances;

namespace Davit.Drivers.Builds;

/// <summary>How an image is made from a directory.</summary>
/// <param name="ContextDirectory">Absolute path on this machine; its <c>.dockerignore</c> is honoured.</param>
/// <param name="Tag">The reference the image gets, so that a repeat finds it.</param>
public sealed record BuildSpec(string ContextDirectory, string Tag)
{
    /// <summary>Relative to the context.</summary>
    public string Dockerfile { get; init; } = "Dockerfile";

    /// <summary>Takes the place of the file when given.</summary>
    public string? DockerfileInline { get; init; }

    public string? Target { get; init; }

    public EquatableMap Arguments { get; init; }

    public EquatableMap Labels { get; init; }

    public string? Platform { get; init; }

    public bool NoCache { get; init; }

    /// <summary>Asks the registries for newer base images.</summary>
    public bool Pull { get; init; }

    public EquatableList<string> CacheFrom { get; init; }

    public EquatableList<string> ExtraHosts { get; init; }

    public string? NetworkMode { get; init; }

    public long? ShmBytes { get; init; }

    public BuildLimits Limits { get; init; } = new();

    public EquatableList<BuildSecret> Secrets { get; init; }

    /// <summary>For base images of registries that ask who pulls.</summary>
    public EquatableList<RegistryLogin> Logins { get; init; }
}

/// <summary>Credentials for one registry host, such as <c>registry.example:5000</c>.</summary>
public sealed record RegistryLogin(string Registry, RegistryCredentials Credentials);

/// <summary>Null is no limit by Davit. Memory and CPU hold only where the engine's builder offers it.</summary>
public sealed record BuildLimits
{
    public TimeSpan Time { get; init; } = TimeSpan.FromMinutes(30);

    public long? MemoryBytes { get; init; }

    public long? NanoCpus { get; init; }
}

/// <summary>Mounted into the steps that ask for it; never in a layer, an argument or a log.</summary>
public sealed record BuildSecret(string Id, ReadOnlyMemory<byte> Value)
{
    public bool Equals(BuildSecret? other) => other is not null && Id == other.Id && Value.Span.SequenceEqual(other.Value.Span);

    public override int GetHashCode() => Id.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => $"{Id}=***";
}

/// <param name="ImageId">Content id, <c>sha256:…</c>; what an instance spec holds for a local image.</param>
/// <param name="Took">From the first byte sent to the image.</param>
public sealed record BuildOutcome(string ImageId, TimeSpan Took);
