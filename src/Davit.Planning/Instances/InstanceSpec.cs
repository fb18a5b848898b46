using System.Text.Json.Serialization;

namespace Davit.Planning.Instances;

/// <summary>
/// Everything the runtime is told about one instance. Plain immutable data with value equality, so that a plan can be
/// compared, stored and read by a test without a runtime. What is null or empty is the runtime's or the image's default.
/// </summary>
/// <param name="Name">Unique per runtime and never used twice; the name is what makes every driver call repeatable.</param>
/// <param name="Owner">Becomes the ownership labels.</param>
/// <param name="Image">A reference pinned by digest (<c>name@sha256:…</c>) or a local image id (<c>sha256:…</c>), never a tag.</param>
public sealed record InstanceSpec(string Name, Ownership Owner, string Image)
{
    /// <summary><c>os/arch[/variant]</c>.</summary>
    public string? Platform { get; init; }

    public ProcessSpec Process { get; init; } = new();

    public EquatableList<MountSpec> Mounts { get; init; }

    /// <summary>Configs and secrets; they lie in place before the main process starts.</summary>
    public EquatableList<FileSpec> Files { get; init; }

    public ConnectivitySpec Connectivity { get; init; } = new();

    public ResourceSpec Resources { get; init; } = new();

    public IsolationSpec Isolation { get; init; } = new();

    public RestartPolicy Restart { get; init; } = RestartPolicy.Never;

    /// <summary>Null is none.</summary>
    public HooksSpec? Hooks { get; init; }

    public HealthCheckSpec? Health { get; init; }

    public LogSpec? Log { get; init; }

    /// <summary>The author's labels. Keys that begin with <c>davit.</c> are Davit's and are overwritten by <see cref="Owner"/>.</summary>
    public EquatableMap Labels { get; init; }

    public EquatableMap Annotations { get; init; }

    /// <summary>Says whether two instances are the same apart from who they are: names, ids and ordinals do not count.</summary>
    [JsonIgnore]
    public string SpecHash => Instances.SpecHash.Of(this);
}
