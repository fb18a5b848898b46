using Davit.Model;

namespace Davit.ControlPlane.Hosting;

/// <summary>Which installation this is; its id is the label that says which objects in a runtime are ours.</summary>
internal sealed record Installation(InstallationId Id);

/// <summary>When this process began to serve.</summary>
internal sealed record ServerStart(DateTimeOffset At);
