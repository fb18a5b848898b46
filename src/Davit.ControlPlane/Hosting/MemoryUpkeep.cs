using Davit.Edge;

namespace Davit.ControlPlane.Hosting;

/// <summary>A control plane is idle most of its life; what a deployment needed is given back afterwards.</summary>
internal sealed class MemoryUpkeep(TimeProvider clock) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => new MemoryTrim(clock).RunAsync(stoppingToken);
}
