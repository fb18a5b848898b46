using Davit.ControlPlane.Access;
using Davit.Manifest;
using Davit.Model;
using Davit.Planning.Wishes;
using Davit.Wire;

namespace Davit.ControlPlane.Releasing;

/// <summary>What somebody may ask the runtime for. Noted when a deployment is taken in, because its manifest may only be known later.</summary>
internal static class Allowances
{
    private static readonly string[] All = [Confinement.HostPath, Confinement.Privileged, Confinement.HostNetwork, Confinement.EngineSocket, Confinement.Capabilities];

    public static string[] Of(Caller caller) => [.. All.Where(p => caller.Rights.May(p, caller.Target))];

    /// <exception cref="ProblemException">DV7016 with everything that is not permitted.</exception>
    public static void Require(AppManifest app, IReadOnlyCollection<string> held)
    {
        var refused = Confinement.Of(app).Where(d => !held.Contains(d.Permission, StringComparer.Ordinal)).Select(d => $"{d.Where} (needs {d.Permission})").ToList();
        if (refused.Count > 0)
            throw new ProblemException(AccessProblems.RuntimeNotPermitted(refused));
    }

    /// <summary>A repository on davitd's own machine may be anything that davitd can read.</summary>
    /// <exception cref="ProblemException">DV4003.</exception>
    public static void RequireSource(DeploymentSource source, Caller caller)
    {
        if (source is DeploymentSource.Repository repository && (repository.Address.StartsWith('/') || repository.Address.StartsWith("file:", StringComparison.OrdinalIgnoreCase)))
            caller.Require("source:server-path", caller.Target);
    }
}
