using Davit.Store.Leases;

namespace Davit.ControlPlane.Leases;

/// <summary>A lease in this process's hands. Everything done under it ends when it is lost.</summary>
/// <param name="since">When it was taken.</param>
internal sealed class Holding(Lease lease, DateTimeOffset since) : IDisposable
{
    private readonly CancellationTokenSource _lost = new();

    public Lease Lease => lease;

    public DateTimeOffset Since => since;

    public CancellationToken Lost => _lost.Token;

    public override string ToString() => $"{lease.Holder} (fence {lease.Fence})";

    public void Lose() => _lost.Cancel();

    public void Dispose() => _lost.Dispose();
}
