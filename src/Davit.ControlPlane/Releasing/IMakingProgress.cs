using Davit.Model;
using Davit.Store;

namespace Davit.ControlPlane.Releasing;

/// <summary>Hears how far the making of a release is, and lets it change things.</summary>
internal interface IMakingProgress
{
    Task PhaseAsync(Phase phase, string detail, CancellationToken ct);

    Task SkipAsync(Phase phase, string why, CancellationToken ct);

    ValueTask LineAsync(Phase phase, string text, CancellationToken ct);

    /// <summary>Does something outside of the store; refused when the right to make this release has passed to another process.</summary>
    Task<T> DoAsync<T>(string name, string subject, Func<Task<T>> act, CancellationToken ct);

    /// <summary>Writes to the store under the same right.</summary>
    Task<T> WriteAsync<T>(string name, Func<Writing, Task<T>> work, CancellationToken ct);
}
