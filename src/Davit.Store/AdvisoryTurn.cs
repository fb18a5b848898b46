using Dapper;
using Davit.Model;
using Npgsql;

namespace Davit.Store;

/// <summary>Something that one process at a time does. It ends with its connection, so a process that dies leaves nothing locked.</summary>
public sealed class AdvisoryTurn : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly long _key;

    private AdvisoryTurn(NpgsqlConnection connection, long key) => (_connection, _key) = (connection, key);

    /// <returns>Null while somebody else has it.</returns>
    /// <exception cref="ProblemException">DV4101.</exception>
    public static async Task<AdvisoryTurn?> TakeAsync(Database database, long key, CancellationToken ct)
    {
        NpgsqlConnection? connection = null;
        try
        {
            connection = await database.Source.OpenConnectionAsync(ct);
            if (await connection.ExecuteScalarAsync<bool>(new CommandDefinition("select pg_try_advisory_lock(@key)", new { key }, cancellationToken: ct)))
                return new AdvisoryTurn(Interlocked.Exchange(ref connection, null), key);
            return null;
        }
        catch (NpgsqlException e) when (Database.IsAway(e))
        {
            throw new ProblemException(StoreProblems.Unreachable(), e);
        }
        finally
        {
            if (connection is not null)
                await connection.DisposeAsync();
        }
    }

    /// <summary>Given back now: a pool keeps the connection, and the lock with it, until somebody uses it again. A broken one has no lock any more.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await _connection.ExecuteAsync(new CommandDefinition("select pg_advisory_unlock(@_key)", new { _key }, cancellationToken: CancellationToken.None));
        }
        catch (NpgsqlException)
        {
        }

        await _connection.DisposeAsync();
    }
}
