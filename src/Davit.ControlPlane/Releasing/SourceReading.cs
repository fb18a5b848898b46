using System.Collections.Immutable;
using Davit.Manifest;
using Davit.Model;
using Davit.Store.Resources;
using Davit.Wire;

namespace Davit.ControlPlane.Releasing;

/// <summary>A source that lies here and what its manifest says.</summary>
internal sealed record ReadSource(ResolvedSource Source, AppManifest App, ImmutableArray<Fault> Faults);

/// <summary>Brings a source here and reads its manifest; from then on its secrets are sealed.</summary>
internal sealed class SourceReading(SourceResolver sources, SourceSealing sealing)
{
    public SourceSealing Sealing => sealing;

    /// <exception cref="ProblemException">DV1001 with every fault.</exception>
    public async Task<ReadSource> ReadAsync(EnvRow env, DeploymentSource source, SourceScope scope, CancellationToken ct)
    {
        var resolved = await sources.ResolveAsync(source, scope, ct);
        var (app, faults) = ManifestReading.Read(resolved.Tree, env.AppName, env.Name, resolved.Manifest);
        await sealing.SealFilesAsync(app, resolved, ct);
        return new(resolved, app, faults);
    }
}
