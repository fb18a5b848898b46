using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Davit.Drivers.Images;
using Davit.Drivers.Instances;
using Davit.Planning.Instances;

namespace Davit.Drivers.Memory;

/// <summary>How instances of one image behave, as a script for tests of everything above the driver.</summary>
/// <param name="Reference">The tag by which it is resolved.</param>
public sealed record MemoryImage(string Reference)
{
    public string Platform { get; init; } = "linux/amd64";

    /// <summary>How long it takes to be found or pulled.</summary>
    public TimeSpan ComesAfter { get; init; }

    /// <summary>How long after each start the process ends; null runs until it is stopped.</summary>
    public TimeSpan? ExitsAfter { get; init; }

    public int ExitCode { get; init; }

    public bool OomKilled { get; init; }

    /// <summary>When a health check turns healthy; null never does and turns unhealthy after its retries.</summary>
    public TimeSpan? HealthyAfter { get; init; } = TimeSpan.Zero;

    /// <summary>Lines written right after each start.</summary>
    public ImmutableArray<(OutputChannel Channel, string Text)> Output { get; init; } = [];

    public ImmutableArray<ListeningSocket> Listening { get; init; } = [new("0.0.0.0", 8080)];

    /// <summary>Thrown instead of starting, such as DV3013.</summary>
    public Func<InstanceSpec, Model.Problem>? RefusesStart { get; init; }

    /// <summary>Where instances answer, for tests that let something real listen; null hands out addresses of 10.88.0.0/16.</summary>
    public string? Address { get; init; }

    /// <summary>Which installation's label it carries; null is somebody else's image.</summary>
    public Model.InstallationId? Installation { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Content id; the same for equal references, so tests can write it down.</summary>
    public string Digest => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Reference)))}";

    /// <summary>The pinned form.</summary>
    public string Pinned => $"{Name(Reference)}@{Digest}";

    public ImageSight ToSight() => new(Pinned, Digest, Platform) { Tags = [Reference], RepoDigests = [Pinned] };

    internal bool Answers(string reference) => reference == Reference || reference == Pinned || reference == Digest;

    private static string Name(string reference)
    {
        var name = reference.Split('@')[0];
        var colon = name.LastIndexOf(':');
        return colon > name.LastIndexOf('/') ? name[..colon] : name;
    }
}
