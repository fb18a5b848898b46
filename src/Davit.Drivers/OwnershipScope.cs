using Davit.Model;
using Davit.Planning.Instances;

namespace Davit.Drivers;

/// <summary>Which objects are meant: those of an installation, narrowed as far as ids are given.</summary>
public sealed record OwnershipScope(InstallationId Installation)
{
    public OrgId? Org { get; init; }

    public AppId? App { get; init; }

    public EnvId? Env { get; init; }

    public string? Service { get; init; }

    public static OwnershipScope Of(Ownership owner) => new(owner.Installation) { Org = owner.Org, App = owner.App, Env = owner.Env };

    public bool Includes(Ownership owner) => owner.Installation == Installation
        && (Org is null || owner.Org == Org)
        && (App is null || owner.App == App)
        && (Env is null || owner.Env == Env)
        && (Service is null || owner.Service == Service);

    /// <summary>The scope as labels that an object must carry.</summary>
    public EquatableMap ToLabels()
    {
        var labels = EquatableMap.Of((OwnershipLabels.Installation, Installation.ToString()));
        labels = Org is { } org ? labels.With(OwnershipLabels.Org, org.ToString()) : labels;
        labels = App is { } app ? labels.With(OwnershipLabels.App, app.ToString()) : labels;
        labels = Env is { } env ? labels.With(OwnershipLabels.Env, env.ToString()) : labels;
        return Service is null ? labels : labels.With(OwnershipLabels.Service, Service);
    }
}
