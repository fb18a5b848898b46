using System.Text.Json.Serialization;

namespace Davit.Wire;

/// <summary>Where a deployment's release comes from. Closed.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Upload), "upload")]
[JsonDerivedType(typeof(Image), "image")]
[JsonDerivedType(typeof(Repository), "repository")]
[JsonDerivedType(typeof(Release), "release")]
[JsonDerivedType(typeof(Former), "deployment")]
[JsonDerivedType(typeof(Serving), "serving")]
public abstract record DeploymentSource
{
    private DeploymentSource()
    {
    }

    /// <summary>Variables for this one deployment; they win over everything that is set. Not for what starts a former wish again.</summary>
    public IReadOnlyDictionary<string, string> Set { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>A directory that was sent before.</summary>
    /// <param name="Id">The upload's id.</param>
    public sealed record Upload(string Id) : DeploymentSource
    {
        public ManifestInput Manifest { get; init; } = new();
    }

    /// <summary>One image as one service.</summary>
    /// <param name="Port">The port it listens on; null takes the one it exposes.</param>
    public sealed record Image(string Reference, int? Port = null) : DeploymentSource;

    /// <summary>A commit of a Git repository.</summary>
    public sealed record Repository(string Address, string Reference = "HEAD") : DeploymentSource
    {
        public ManifestInput Manifest { get; init; } = new();
    }

    /// <summary>A release of the app that exists.</summary>
    public sealed record Release(string Id) : DeploymentSource;

    /// <summary>What a former deployment of the environment served: a rollback.</summary>
    /// <param name="Id">Its id; "" is the last one that served before the present one.</param>
    public sealed record Former(string Id = "") : DeploymentSource;

    /// <summary>What serves now, with new instances: a restart.</summary>
    /// <param name="Service">Only this service; "" is all.</param>
    public sealed record Serving(string Service = "") : DeploymentSource;
}

/// <summary>How the manifest in a source is read.</summary>
public sealed record ManifestInput
{
    public IReadOnlyList<string> ComposeFiles { get; init; } = [];

    public IReadOnlyList<string> Profiles { get; init; } = [];

    public IReadOnlyList<string> AllowUnset { get; init; } = [];

    /// <summary>What the caller used for interpolation, so that both sides come to the same verdict.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
