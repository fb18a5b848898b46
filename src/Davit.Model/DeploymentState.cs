using System.Text.Json.Serialization;

namespace Davit.Model;

/// <summary>
/// Where a deployment stands. Closed: every switch over it names every case (ADR 0005). The discriminators are a stored
/// format; a case may gain members but never lose or rename one without a migration.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "is")]
[JsonDerivedType(typeof(Queued), "queued")]
[JsonDerivedType(typeof(Waiting), "waiting")]
[JsonDerivedType(typeof(Running), "running")]
[JsonDerivedType(typeof(Live), "live")]
[JsonDerivedType(typeof(Replaced), "replaced")]
[JsonDerivedType(typeof(Failed), "failed")]
[JsonDerivedType(typeof(Cancelled), "cancelled")]
[JsonDerivedType(typeof(Superseded), "superseded")]
public abstract record DeploymentState
{
    private DeploymentState()
    {
    }

    public sealed record Queued(DateTimeOffset At) : DeploymentState;

    /// <summary>Another deployment of the environment has the turn.</summary>
    public sealed record Waiting(DateTimeOffset Since, string For) : DeploymentState;

    public sealed record Running(Phase Phase, DateTimeOffset Since) : DeploymentState;

    public sealed record Live(DateTimeOffset Since) : DeploymentState;

    /// <summary>It was live; another one is now. Its release can be rolled back to.</summary>
    public sealed record Replaced(DateTimeOffset At, DeploymentId By) : DeploymentState;

    /// <param name="Served">Whether users saw it before it failed.</param>
    public sealed record Failed(DateTimeOffset At, Problem Why, bool Served) : DeploymentState;

    public sealed record Cancelled(DateTimeOffset At, string By, bool Served) : DeploymentState;

    public sealed record Superseded(DateTimeOffset At, DeploymentId By) : DeploymentState;

    /// <summary>No further step will be taken to make it serve.</summary>
    [JsonIgnore]
    public bool IsFinal => this is Live or Replaced or Failed or Cancelled or Superseded;

    [JsonIgnore]
    public bool CanBeRolledBackTo => this is Live or Replaced;

    public sealed override string ToString() => this switch
    {
        Queued => "queued",
        Waiting s => $"waiting for {s.For}",
        Running s => $"running ({s.Phase.ToString().ToLowerInvariant()})",
        Live => "live",
        Replaced => "replaced",
        Failed s => $"failed ({s.Why.Code} {s.Why.Name})",
        Cancelled s => $"cancelled by {s.By}",
        Superseded s => $"superseded by {s.By}",
    };
}
