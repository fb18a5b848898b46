using Davit.Console.Shell;
using Davit.ControlPlane.Events;

namespace Davit.ControlPlane.Hosting;

/// <summary>Every event of any replica may change a page.</summary>
internal sealed class ConsoleChanges(EventSignals signals) : IChanges
{
    public Task NextAsync(TimeSpan atMost, CancellationToken ct) => signals.NextAsync(atMost, ct);
}
