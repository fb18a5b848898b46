using System.Diagnostics;
using Davit.Model;
using Davit.Store;
using Davit.Store.Leases;

namespace Davit.ControlPlane.Leases;

/// <summary>
/// The one door through which the loop changes anything: the runtime, the edge, the store. An effect is written down under
/// its lease before it happens and refused when the lease has ended.
/// </summary>
internal sealed class EffectGate(Database database, IEffectWitness witness)
{
    public Database Database => database;

    /// <param name="held">The lease it is done under.</param>
    /// <param name="effect">Named so that a repeat is recognised.</param>
    /// <param name="act">Must be harmless to repeat: after a crash nobody knows whether it happened.</param>
    /// <exception cref="ProblemException">DV4108 when the lease has ended: <paramref name="act"/> was not called.</exception>
    public async Task<T> DoAsync<T>(Holding held, Effect effect, Func<Task<T>> act, CancellationToken ct)
    {
        await witness.BeforeAsync(effect.Name, effect.Subject, ct);
        var entry = await BeginAsync(held, effect, ct);
        try
        {
            var result = await act();
            await witness.AfterAsync(effect.Name, effect.Subject, ct);
            await EndAsync(entry, null);
            return result;
        }
        catch (Exception e) when (e is ProblemException or OperationCanceledException or IOException)
        {
            await EndAsync(entry, e switch { ProblemException problem => $"{problem.Problem.Code} {problem.Problem.Name}", IOException => e.Message, _ => "cancelled" });
            throw;
        }
    }

    public Task DoAsync(Holding held, Effect effect, Func<Task> act, CancellationToken ct) => DoAsync(held, effect, async () =>
    {
        await act();
        return true;
    }, ct);

    /// <summary>As <see cref="Database.WriteAsync{T}"/>, and the lease is shown within the transaction.</summary>
    /// <param name="name">What is written, such as <c>deployment.live</c>.</param>
    public async Task<T> WriteAsync<T>(Holding held, Cause cause, string name, Func<Writing, Task<T>> work, CancellationToken ct)
    {
        await witness.BeforeAsync(name, cause.CorrelationId, ct);
        var result = await database.WriteAsync(cause, async w =>
        {
            await LeaseTable.CheckAsync(w.Db, held.Lease, ct);
            return await work(w);
        }, ct);
        await witness.AfterAsync(name, cause.CorrelationId, ct);
        return result;
    }

    public Task WriteAsync(Holding held, Cause cause, string name, Func<Writing, Task> work, CancellationToken ct) => WriteAsync(held, cause, name, async w =>
    {
        await work(w);
        return true;
    }, ct);

    /// <summary>A process that was frozen on the way back from the database asks again: what it was told is too old.</summary>
    private async Task<long> BeginAsync(Holding held, Effect effect, CancellationToken ct)
    {
        while (true)
        {
            var asked = Stopwatch.GetTimestamp();
            var entry = await database.ReadAsync(db => EffectTable.BeginAsync(db, held.Lease, effect, ct), ct);
            if (Stopwatch.GetElapsedTime(asked) < Lease.RenewedEvery)
                return entry;
            await EndAsync(entry, "too late");
        }
    }

    /// <summary>An entry without an end only means that nobody knows its outcome, so failing to write it is no failure of the effect.</summary>
    private async Task EndAsync(long entry, string? error)
    {
        try
        {
            await database.ReadAsync(async db =>
            {
                await EffectTable.EndAsync(db, entry, error, CancellationToken.None);
                return true;
            }, CancellationToken.None);
        }
        catch (ProblemException)
        {
        }
    }
}

/// <summary>Is told of every effect just before and just after it. The product has none; tests end the process there.</summary>
internal interface IEffectWitness
{
    ValueTask BeforeAsync(string name, string subject, CancellationToken ct);

    ValueTask AfterAsync(string name, string subject, CancellationToken ct);
}

internal sealed class NoWitness : IEffectWitness
{
    public ValueTask BeforeAsync(string name, string subject, CancellationToken ct) => ValueTask.CompletedTask;

    public ValueTask AfterAsync(string name, string subject, CancellationToken ct) => ValueTask.CompletedTask;
}
