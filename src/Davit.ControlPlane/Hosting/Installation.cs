using Davit.Model;

namespace Davit.ControlPlane.Hosting;

/// <summary>Which installation this is; its id is the label that says which objects in a runtime are ours.</summary>
internal sealed class Installation
{
    private InstallationId? _id;

    public InstallationId Id => _id ?? throw new InvalidOperationException("the installation is known once the store is open");

    public void Is(InstallationId id) => _id = id;
}
