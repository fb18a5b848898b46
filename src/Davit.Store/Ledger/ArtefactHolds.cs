using Dapper;
using Davit.Model;
using Davit.Planning.Garbage;
using Npgsql;

namespace Davit.Store.Ledger;

/// <summary>
/// What deployments on their way need, so that a collection that runs meanwhile leaves it. Both sides take the lock of the
/// thing they are about: a deployment writes its hold under the lock and looks for the thing afterwards; a collection reads the
/// holds under the lock and removes the thing before it lets go of the lock. Whoever is first, no deployment ever finds a thing
/// that then vanishes: either its hold is seen and the thing stays, or the thing is gone before it looks, and it makes it anew.
/// </summary>
public static class ArtefactHolds
{
    /// <summary>Holds end with their deployment, because only those of unfinished ones count.</summary>
    public static async Task TakeAsync(Writing writing, DeploymentId deployment, Held what, CancellationToken ct)
    {
        await LockAsync(writing.Db, [what], ct);
        await writing.Db.ExecuteAsync(new CommandDefinition(
            "insert into artefact_holds (deployment_id, kind, name) values (@deployment, @kind, @Name) on conflict do nothing",
            new { deployment, kind = Text(what.Kind), what.Name }, cancellationToken: ct));
    }

    /// <summary>Until the end of the transaction nobody else holds or removes these. In one order everywhere, so that two who want the same wait instead of deadlocking.</summary>
    public static async Task LockAsync(NpgsqlConnection db, IEnumerable<Held> things, CancellationToken ct)
    {
        foreach (var key in things.Select(t => $"{Text(t.Kind)} {t.Name}").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
            await db.ExecuteAsync(new CommandDefinition("select pg_advisory_xact_lock(hashtextextended(@key, 5))", new { key }, cancellationToken: ct));
    }

    public static async Task<IReadOnlyList<Held>> AllAsync(NpgsqlConnection db, CancellationToken ct) =>
        [.. (await db.QueryAsync<(string Kind, string Name)>(new CommandDefinition(
            "select distinct h.kind, h.name from artefact_holds h join deployments d on d.id = h.deployment_id where not d.is_final", cancellationToken: ct)))
            .Select(h => new Held(Enum.Parse<ThingKind>(h.Kind, ignoreCase: true), h.Name))];

    /// <summary>Rows of deployments that have ended say nothing any more.</summary>
    public static Task<int> ForgetAsync(NpgsqlConnection db, CancellationToken ct) =>
        db.ExecuteAsync(new CommandDefinition("delete from artefact_holds h using deployments d where d.id = h.deployment_id and d.is_final", cancellationToken: ct));

    private static string Text(ThingKind kind) => kind.ToString().ToLowerInvariant();
}
