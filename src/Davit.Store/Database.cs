using Dapper;
using Davit.Model;
using Davit.Store.Events;
using Davit.Store.Releasing;
using Npgsql;

namespace Davit.Store;

/// <summary>Who causes a write, in which org, under which request.</summary>
public sealed record Cause(OrgId Org, string Actor, string RequestId, string CorrelationId)
{
    /// <summary>The network address that it comes from; empty for what davitd does by itself.</summary>
    public string Address { get; init; } = "";
}

/// <summary>The one door to PostgreSQL. Reads take a connection for a moment; writes are one transaction with its events.</summary>
public sealed class Database : IAsyncDisposable
{
    private readonly TimeProvider _clock;

    public Database(NpgsqlDataSource source, TimeProvider clock)
    {
        StoreTypes.Register();
        (Source, _clock) = (source, clock);
    }

    public NpgsqlDataSource Source { get; }

    public async Task<T> ReadAsync<T>(Func<NpgsqlConnection, Task<T>> query, CancellationToken ct)
    {
        try
        {
            await using var connection = await Source.OpenConnectionAsync(ct);
            return await query(connection);
        }
        catch (NpgsqlException e) when (IsAway(e))
        {
            throw new ProblemException(StoreProblems.Unreachable(), e);
        }
    }

    /// <summary>
    /// Runs the work in one transaction and commits it together with the events it recorded. Events are numbered last,
    /// under the org's head row, so that a number is never visible before a smaller one.
    /// </summary>
    public async Task<T> WriteAsync<T>(Cause cause, Func<Writing, Task<T>> work, CancellationToken ct)
    {
        try
        {
            await using var connection = await Source.OpenConnectionAsync(ct);
            await using var transaction = await connection.BeginTransactionAsync(ct);
            var writing = new Writing(connection, cause, _clock.GetUtcNow());
            var result = await work(writing);
            await writing.NotifyAsync(ct);
            await EventLog.AppendAsync(writing, ct);
            await transaction.CommitAsync(ct);
            return result;
        }
        catch (NpgsqlException e) when (IsAway(e))
        {
            throw new ProblemException(StoreProblems.Unreachable(), e);
        }
    }

    public Task WriteAsync(Cause cause, Func<Writing, Task> work, CancellationToken ct) => WriteAsync(cause, async w =>
    {
        await work(w);
        return true;
    }, ct);

    public ValueTask DisposeAsync() => Source.DisposeAsync();

    /// <summary>The connection broke, or the server says of itself that it stops, starts, is full, has no connection left or has ended a transaction that stood still.</summary>
    internal static bool IsAway(NpgsqlException e) => e is PostgresException { SqlState: var state }
        ? state[..2] is "08" or "53" or "57" && state is not PostgresErrorCodes.QueryCanceled || state is "25P03"
        : e.IsTransient;
}

/// <summary>A write in progress: the open transaction and the events that will be committed with it.</summary>
public sealed class Writing(NpgsqlConnection connection, Cause cause, DateTimeOffset at)
{
    private readonly List<EventDraft> _events = [];
    private readonly HashSet<EnvId> _woken = [];

    public NpgsqlConnection Db { get; } = connection;

    public Cause Cause { get; } = cause;

    public DateTimeOffset At { get; } = at;

    public IReadOnlyList<EventDraft> Events => _events;

    public void Record(EventDraft fact) => _events.Add(fact);

    /// <summary>Once this is committed, whoever looks after the environment looks at once, in whichever process.</summary>
    public void Wake(EnvId env) => _woken.Add(env);

    internal async Task NotifyAsync(CancellationToken ct)
    {
        if (_woken.Count > 0)
            await Db.ExecuteAsync(new CommandDefinition("select pg_notify(@Channel, env) from unnest(@envs) as env",
                new { DeploymentTable.Channel, envs = _woken.Select(e => e.ToString()).ToArray() }, cancellationToken: ct));
    }
}
