using System.Collections.Concurrent;
using System.Globalization;
using Davit.ControlPlane.Hosting;
using Davit.Model;
using Davit.Store;
using Davit.Store.Leases;
using Davit.Store.Ledger;
using Davit.Store.Releasing;
using Npgsql;

namespace Davit.ControlPlane.Leases;

/// <summary>
/// Keeps this process's leases: one database session whose end frees them at once, and a renewal every few seconds. When
/// either fails, everything held is lost and what runs under it is cancelled; whoever is frozen too long to notice is refused
/// by the fence.
/// </summary>
internal sealed partial class LeaseKeeper(Database database, TimeProvider clock, ILogger<LeaseKeeper> log) : LastingService(clock, log)
{
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<long, Holding> _held = new();
    private TaskCompletionSource<int> _session = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Holder { get; } = string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}:{Environment.ProcessId}");

    /// <summary>Returns once the lease is ours.</summary>
    public async Task<Holding> TakeAsync(string name, CancellationToken ct)
    {
        while (true)
        {
            var session = await Volatile.Read(ref _session).Task.WaitAsync(ct);
            try
            {
                if (await database.ReadAsync(db => LeaseTable.TakeAsync(db, name, Holder, session, ct), ct) is { } lease)
                    return Hold(lease);
            }
            catch (ProblemException e)
            {
                LogNotTaken(name, e.Problem.Code, e.Problem.Detail);
            }

            await Task.Delay(Retry, Clock, ct);
        }
    }

    /// <returns>A deployment whose release is to be made, and the right to make it; null when there is none that nobody makes.</returns>
    public async Task<(DeploymentRow Row, Holding Held)?> TakeMakingAsync(CancellationToken ct)
    {
        var session = await Volatile.Read(ref _session).Task.WaitAsync(ct);
        return await database.ReadAsync(db => DeploymentTable.TakeMakingAsync(db, Holder, session, ct), ct) is var (row, lease) ? (row, Hold(lease)) : null;
    }

    /// <returns>Instances whose output is to be followed, and the right to write it down; none when all are followed.</returns>
    public async Task<IReadOnlyList<(InstanceRow Row, Holding Held)>> TakeOutputsAsync(int most, CancellationToken ct)
    {
        var session = await Volatile.Read(ref _session).Task.WaitAsync(ct);
        return [.. (await database.ReadAsync(db => InstanceLedger.TakeOutputsAsync(db, Holder, session, most, ct), ct)).Select(t => (t.Row, Hold(t.Lease)))];
    }

    /// <summary>Gives the lease back. Without a database it ends by itself.</summary>
    public async Task ReleaseAsync(Holding held)
    {
        var isOurs = _held.TryRemove(held.Lease.Fence, out _);
        try
        {
            await database.ReadAsync(async db =>
            {
                await LeaseTable.ReleaseAsync(db, held.Lease, CancellationToken.None);
                return true;
            }, CancellationToken.None);
        }
        catch (ProblemException e)
        {
            LogNotReleased(held.Lease.Name, e.Problem.Code, e.Problem.Detail);
        }

        // Whoever took it out of our hands may still be telling those who listen.
        if (isOurs)
            held.Dispose();
    }

    protected override async Task RunAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var connection = await database.Source.OpenConnectionAsync(stoppingToken);
                try
                {
                    await KeepAsync(connection, stoppingToken);
                }
                finally
                {
                    await LeaseTable.CloseSessionAsync(connection);
                }
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException)
            {
                LogNoSession(e.Message);
            }
            finally
            {
                LoseAll();
            }

            await Task.Delay(Retry, Clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task KeepAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var number = await LeaseTable.OpenSessionAsync(connection, ct);
        Volatile.Read(ref _session).TrySetResult(number);
        using var timer = new PeriodicTimer(Lease.RenewedEvery, Clock);
        while (await timer.WaitForNextTickAsync(ct))
        {
            var before = _held.Keys.ToList();
            using var patience = new CancellationTokenSource(Lease.RenewedEvery, Clock);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
            var kept = await RenewAsync(connection, number, both.Token, ct);
            foreach (var fence in before.Where(f => !kept.Contains(f)))
                Lose(fence);
        }
    }

    private static async Task<IReadOnlySet<long>> RenewAsync(NpgsqlConnection connection, int number, CancellationToken patience, CancellationToken stopping)
    {
        try
        {
            return await LeaseTable.RenewAsync(connection, number, patience);
        }
        catch (OperationCanceledException e) when (!stopping.IsCancellationRequested)
        {
            throw new TimeoutException("the database did not answer a renewal in time", e);
        }
    }

    private Holding Hold(Lease lease) => _held[lease.Fence] = new Holding(lease, Clock.GetUtcNow());

    private void Lose(long fence)
    {
        if (!_held.TryRemove(fence, out var held))
            return;
        LogLost(held.Lease.Name, fence);
        held.Lose();
    }

    private void LoseAll()
    {
        if (_session.Task.IsCompleted)
            Volatile.Write(ref _session, new(TaskCreationOptions.RunContinuationsAsynchronously));
        foreach (var fence in _held.Keys)
            Lose(fence);
    }

    [LoggerMessage(EventId = 4201, Level = LogLevel.Warning, Message = "no session with the database now, leases cannot be held: {Why}")]
    private partial void LogNoSession(string why);

    [LoggerMessage(EventId = 4202, Level = LogLevel.Warning, Message = "the lease '{Name}' with fence {Fence} is lost; what ran under it stops")]
    private partial void LogLost(string name, long fence);

    [LoggerMessage(EventId = 4203, Level = LogLevel.Debug, Message = "the lease '{Name}' could not be asked for: {Code} {Detail}")]
    private partial void LogNotTaken(string name, string code, string detail);

    [LoggerMessage(EventId = 4204, Level = LogLevel.Warning, Message = "the lease '{Name}' could not be given back and ends by itself: {Code} {Detail}")]
    private partial void LogNotReleased(string name, string code, string detail);
}
