using Davit.Model;

namespace Davit.ControlPlane.Releasing;

/// <summary>Hears how far the making of a release is.</summary>
internal interface IMakingProgress
{
    Task PhaseAsync(Phase phase, string detail, CancellationToken ct);

    Task SkipAsync(Phase phase, string why, CancellationToken ct);

    ValueTask LineAsync(Phase phase, string text, CancellationToken ct);
}
