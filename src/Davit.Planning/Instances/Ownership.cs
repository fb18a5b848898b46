using Davit.Model;

namespace Davit.Planning.Instances;

/// <summary>Whose an object of the runtime is. Written as labels, so that a restarted control plane recognises its own.</summary>
public sealed record Ownership(InstallationId Installation, OrgId Org, AppId App, EnvId Env)
{
    /// <summary>The service's name in the manifest, unique inside the app; null for networks and shared volumes.</summary>
    public string? Service { get; init; }

    public ReleaseId? Release { get; init; }

    public DeploymentId? Deployment { get; init; }

    /// <summary>Null for objects that outlive instances, and for one-off runs.</summary>
    public InstanceId? Instance { get; init; }

    /// <summary>Set only for one-off commands.</summary>
    public RunId? Run { get; init; }

    /// <summary>The labels in the form every driver writes and reads.</summary>
    public EquatableMap ToLabels()
    {
        var labels = EquatableMap.Of(
            (OwnershipLabels.Installation, Installation.ToString()),
            (OwnershipLabels.Org, Org.ToString()),
            (OwnershipLabels.App, App.ToString()),
            (OwnershipLabels.Env, Env.ToString()));
        labels = Service is null ? labels : labels.With(OwnershipLabels.Service, Service);
        labels = Release is { } release ? labels.With(OwnershipLabels.Release, release.ToString()) : labels;
        labels = Deployment is { } deployment ? labels.With(OwnershipLabels.Deployment, deployment.ToString()) : labels;
        labels = Instance is { } instance ? labels.With(OwnershipLabels.Instance, instance.ToString()) : labels;
        return Run is { } run ? labels.With(OwnershipLabels.Run, run.ToString()) : labels;
    }

    /// <summary>The same thing, perhaps touched by another deployment.</summary>
    public bool IsSameObject(Ownership other) =>
        (Installation, Org, App, Env, Service, Instance, Run) == (other.Installation, other.Org, other.App, other.Env, other.Service, other.Instance, other.Run);

    /// <summary>Reads labels back; null when they are not complete, because then the object is nobody's we know.</summary>
    public static Ownership? FromLabels(IReadOnlyDictionary<string, string> labels)
    {
        if (Read<InstallationId>(labels, OwnershipLabels.Installation) is not { } installation
            || Read<OrgId>(labels, OwnershipLabels.Org) is not { } org
            || Read<AppId>(labels, OwnershipLabels.App) is not { } app
            || Read<EnvId>(labels, OwnershipLabels.Env) is not { } env)
            return null;

        return new(installation, org, app, env)
        {
            Service = labels.GetValueOrDefault(OwnershipLabels.Service),
            Release = Read<ReleaseId>(labels, OwnershipLabels.Release),
            Deployment = Read<DeploymentId>(labels, OwnershipLabels.Deployment),
            Instance = Read<InstanceId>(labels, OwnershipLabels.Instance),
            Run = Read<RunId>(labels, OwnershipLabels.Run),
        };
    }

    private static T? Read<T>(IReadOnlyDictionary<string, string> labels, string key) where T : struct, IId<T> =>
        Id.TryParse<T>(labels.GetValueOrDefault(key), out var id) ? id : null;
}

/// <summary>Label keys. Stable: objects made by an older version must stay recognisable.</summary>
public static class OwnershipLabels
{
    public const string Installation = "davit.installation";
    public const string Org = "davit.org";
    public const string App = "davit.app";
    public const string Env = "davit.env";
    public const string Service = "davit.service";
    public const string Release = "davit.release";
    public const string Deployment = "davit.deployment";
    public const string Instance = "davit.instance";
    public const string Run = "davit.run";
    public const string SpecHash = "davit.spec";
}
