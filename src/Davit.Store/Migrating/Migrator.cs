using System.Globalization;
using Dapper;
using Davit.Model;
using Npgsql;

namespace Davit.Store.Migrating;

/// <summary>One forward step of the schema: a file of <c>Migrations/</c>, known by its name and checksum.</summary>
public sealed record Migration(string Name, string Sql)
{
    public string Checksum => CanonicalJson.HashOf(System.Text.Encoding.UTF8.GetBytes(Sql.ReplaceLineEndings("\n")));
}

/// <summary>Brings a database forward. Never backward, never edited: an applied migration is compared by checksum.</summary>
public sealed class Migrator(NpgsqlDataSource source, TimeProvider clock)
{
    // Any number, the same in every davitd: two of them must not migrate at once.
    private const long LockKey = 0x44_56_4D_49;

    public static IReadOnlyList<Migration> All { get; } = Load();

    /// <returns>The names applied now, in order.</returns>
    /// <exception cref="ProblemException">DV4102 or DV4104; nothing was changed.</exception>
    public async Task<IReadOnlyList<string>> MigrateAsync(CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await connection.ExecuteAsync(new CommandDefinition("select pg_advisory_lock(@LockKey)", new { LockKey }, cancellationToken: ct));
        try
        {
            var pending = await PendingAsync(connection, ct);
            foreach (var migration in pending)
                await ApplyAsync(connection, migration, ct);
            return [.. pending.Select(m => m.Name)];
        }
        finally
        {
            await connection.ExecuteAsync(new CommandDefinition("select pg_advisory_unlock(@LockKey)", new { LockKey }, cancellationToken: CancellationToken.None));
        }
    }

    /// <exception cref="ProblemException">DV4102, DV4103 or DV4104 when the database is not exactly this build's.</exception>
    public async Task CheckAsync(CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        var pending = await PendingAsync(connection, ct);
        if (pending.Count > 0)
            throw new ProblemException(StoreProblems.NotMigrated(pending.Count));
    }

    private static async Task<List<Migration>> PendingAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await connection.ExecuteAsync(new CommandDefinition(
            "create table if not exists migrations (name text primary key, checksum text not null, applied_at timestamptz not null)", cancellationToken: ct));
        var applied = (await connection.QueryAsync<(string Name, string Checksum)>(
            new CommandDefinition("select name, checksum from migrations order by name", cancellationToken: ct))).ToList();

        foreach (var (name, checksum) in applied)
        {
            var ours = All.FirstOrDefault(m => m.Name == name) ?? throw new ProblemException(StoreProblems.Newer(name));
            if (ours.Checksum != checksum)
                throw new ProblemException(StoreProblems.Changed(name));
        }

        return [.. All.ExceptBy(applied.Select(a => a.Name), m => m.Name, StringComparer.Ordinal)];
    }

    private async Task ApplyAsync(NpgsqlConnection connection, Migration migration, CancellationToken ct)
    {
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await connection.ExecuteAsync(new CommandDefinition(migration.Sql, transaction: transaction, cancellationToken: ct));
        await connection.ExecuteAsync(new CommandDefinition(
            "insert into migrations (name, checksum, applied_at) values (@Name, @Checksum, @At)",
            new { migration.Name, migration.Checksum, At = clock.GetUtcNow() }, transaction, cancellationToken: ct));
        await transaction.CommitAsync(ct);
    }

    private static List<Migration> Load()
    {
        var assembly = typeof(Migrator).Assembly;
        const string prefix = "Davit.Store.Migrations.";
        return [.. assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith(prefix, StringComparison.Ordinal) && n.EndsWith(".sql", true, CultureInfo.InvariantCulture))
            .Order(StringComparer.Ordinal)
            .Select(n =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(n)!);
                return new Migration(n[prefix.Length..^4], reader.ReadToEnd());
            })];
    }
}
