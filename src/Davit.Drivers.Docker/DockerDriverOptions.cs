using Davit.Drivers.Docker.Engine;
using Davit.Model;

namespace Davit.Drivers.Docker;

/// <summary>What the Docker driver must be told.</summary>
/// <param name="Installation">Objects of other installations are left alone.</param>
public sealed record DockerDriverOptions(InstallationId Installation)
{
    public EngineEndpoint Endpoint { get; init; } = EngineEndpoint.FromEnvironment();

    /// <summary>
    /// Where secrets lie while their instances exist; must be on tmpfs and be the same path for the engine. Null takes
    /// <c>/run/davit</c> or <c>/dev/shm/davit</c>, whichever is on tmpfs.
    /// </summary>
    public string? SecretsDirectory { get; init; }

    /// <summary>The docker command line for builds with secrets; null searches PATH for one that can do BuildKit.</summary>
    public string? DockerCommand { get; init; }

    /// <summary>Kept per instance by the engine; Davit's own log store has its own limits.</summary>
    public string LogFileSize { get; init; } = "64m";

    public int LogFiles { get; init; } = 4;
}
