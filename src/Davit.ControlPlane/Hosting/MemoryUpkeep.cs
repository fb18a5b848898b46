using Davit.Edge;

namespace Davit.ControlPlane.Hosting;

/// <summary>A control plane is idle most of its life; what a deployment needed is given back afterwards.</summary>
internal sealed class MemoryUpkeep(TimeProvider clock, ILogger<MemoryUpkeep> log) : LastingService(clock, log)
{
    protected override Task RunAsync(CancellationToken stoppingToken) => new MemoryTrim(Clock).RunAsync(stoppingToken);
}
