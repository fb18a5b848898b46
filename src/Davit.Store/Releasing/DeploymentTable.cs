using System.Text.Json;
using System.Text.Json.Nodes;
using Dapper;
using Davit.Model;
using Davit.Store.Leases;
using Davit.Store.Quotas;
using Npgsql;

namespace Davit.Store.Releasing;

public static class DeploymentTable
{
    public const string Channel = "davit_work";

    private const string Columns =
        """
        id, org_id, env_id, number, kind, source, release_id, wish, state, phases, facts, plan_hash, actor, request_id, reason, cancel_by, allowances, version, created_at, finished_at
        """;

    public static async Task<DeploymentRow> InsertAsync(Writing writing, DeploymentRow row, CancellationToken ct)
    {
        var number = await writing.Db.QuerySingleAsync<int>(new CommandDefinition(
            "update envs set deployments = deployments + 1 where id = @EnvId returning deployments", new { row.EnvId }, cancellationToken: ct));
        row = row with { Number = number };
        await writing.Db.ExecuteAsync(new CommandDefinition(
            """
            insert into deployments (id, org_id, env_id, number, kind, source, release_id, wish, state, phases, plan_hash, actor, request_id, reason, allowances, created_at)
            values (@Id, @OrgId, @EnvId, @Number, @Kind, @Source::jsonb, @ReleaseId, @Wish::jsonb, @State::jsonb, @Phases::jsonb, @PlanHash, @Actor, @RequestId, @Reason, @Allowances, @CreatedAt)
            """,
            new
            {
                row.Id, row.OrgId, row.EnvId, row.Number, row.Kind, row.Source, row.ReleaseId, row.Wish, State = Json(row.State), Phases = Json(row.Phases),
                row.PlanHash, row.Actor, row.RequestId, row.Reason, row.Allowances, row.CreatedAt,
            }, cancellationToken: ct));
        writing.Wake(row.EnvId);
        writing.Record(new("deployment.queued", Subjects(row), new JsonObject { ["kind"] = row.Kind, ["number"] = number, ["reason"] = row.Reason }));
        return row;
    }

    /// <summary>Writes down progress. The row's version guards against a second writer.</summary>
    /// <returns>The row as it is now.</returns>
    /// <exception cref="ProblemException">DV2301 when somebody else wrote in between.</exception>
    public static async Task<DeploymentRow> SaveAsync(Writing writing, DeploymentRow row, CancellationToken ct)
    {
        var changed = await writing.Db.ExecuteAsync(new CommandDefinition(
            """
            update deployments set release_id = @ReleaseId, wish = @Wish::jsonb, state = @State::jsonb, is_final = @IsFinal, phases = @Phases::jsonb, facts = @Facts::jsonb,
                   plan_hash = @PlanHash, finished_at = @FinishedAt, version = version + 1
            where id = @Id and version = @Version
            """,
            new
            {
                row.Id, row.ReleaseId, row.Wish, State = Json(row.State), row.State.IsFinal, Phases = Json(row.Phases), row.Facts, row.PlanHash, row.FinishedAt, row.Version,
            }, cancellationToken: ct));
        return changed is 1 ? row with { Version = row.Version + 1 } : throw new ProblemException(DeploymentProblems.WrittenMeanwhile(row.Id));
    }

    /// <summary>Notes the wish to cancel; the loop acts on it at its next step.</summary>
    public static async Task RequestCancelAsync(Writing writing, DeploymentRow row, CancellationToken ct)
    {
        await writing.Db.ExecuteAsync(new CommandDefinition(
            "update deployments set cancel_by = coalesce(cancel_by, @Actor), version = version + 1 where id = @Id and not is_final",
            new { row.Id, writing.Cause.Actor }, cancellationToken: ct));
        writing.Wake(row.EnvId);
        writing.Record(new("deployment.cancel-requested", Subjects(row), []));
    }

    public static Task<DeploymentRow?> GetAsync(NpgsqlConnection db, DeploymentId id, CancellationToken ct) =>
        db.QuerySingleOrDefaultAsync<DeploymentRow>(new CommandDefinition($"select {Columns} from deployments where id = @id", new { id }, cancellationToken: ct));

    /// <param name="reference">An id, its last digits (six or more), or the deployment's number in its environment.</param>
    public static Task<DeploymentRow?> FindAsync(NpgsqlConnection db, EnvId env, string reference, CancellationToken ct) =>
        db.QuerySingleOrDefaultAsync<DeploymentRow>(new CommandDefinition(
            $"""
            select {Columns} from deployments where env_id = @env and ('dep_' || replace(id::text, '-', '') = @reference or number::text = ltrim(@reference, '#')
              or (length(@reference) >= 6 and replace(id::text, '-', '') like '%' || @reference and @reference ~ '^[0-9a-f]+$'))
            order by (number::text = ltrim(@reference, '#')) desc, number desc limit 1
            """, new { env, reference }, cancellationToken: ct));

    /// <summary>The oldest first: the order in which they take their turns.</summary>
    public static async Task<IReadOnlyList<DeploymentRow>> UnfinishedAsync(NpgsqlConnection db, EnvId env, CancellationToken ct) =>
        (await db.QueryAsync<DeploymentRow>(new CommandDefinition(
            $"select {Columns} from deployments where env_id = @env and not is_final order by number", new { env }, cancellationToken: ct))).AsList();

    public static async Task<IReadOnlyList<DeploymentRow>> AllUnfinishedAsync(NpgsqlConnection db, OrgId org, CancellationToken ct) =>
        (await db.QueryAsync<DeploymentRow>(new CommandDefinition(
            $"select {Columns} from deployments where org_id = @org and not is_final order by created_at", new { org }, cancellationToken: ct))).AsList();

    /// <summary>As <see cref="UnfinishedAsync"/>, and nobody else writes to them until the end of the transaction.</summary>
    public static async Task<IReadOnlyList<DeploymentRow>> LockUnfinishedAsync(Writing writing, EnvId env, CancellationToken ct) =>
        (await writing.Db.QueryAsync<DeploymentRow>(new CommandDefinition(
            $"select {Columns} from deployments where env_id = @env and not is_final order by number for update", new { env }, cancellationToken: ct))).AsList();

    /// <summary>The number of the newest deployment of the environment, 0 when there is none.</summary>
    public static Task<int> NewestNumberAsync(NpgsqlConnection db, EnvId env, CancellationToken ct) =>
        db.ExecuteScalarAsync<int>(new CommandDefinition("select deployments from envs where id = @env", new { env }, cancellationToken: ct));

    /// <summary>
    /// Takes the next deployment whose release has to be made: the first in its environment's line, made by nobody. Replicas that look at
    /// the same time skip what another one is looking at.
    /// </summary>
    public static async Task<(DeploymentRow Row, Lease Lease)?> TakeMakingAsync(NpgsqlConnection db, string holder, int session, CancellationToken ct)
    {
        await using var transaction = await db.BeginTransactionAsync(ct);
        var waiting = (await db.QueryAsync<DeploymentRow>(new CommandDefinition(
            $"""
            select {Columns} from deployments d where not is_final and wish is null and not exists (select 1 from envs where envs.id = d.env_id and envs.deleting)
              and not exists (select 1 from deployments e where e.env_id = d.env_id and not e.is_final and e.number < d.number)
            order by created_at for update of d skip locked
            """, cancellationToken: ct))).AsList();
        foreach (var row in waiting)
        {
            if (!await BuildSlots.IsFreeAsync(db, row.OrgId, ct) || await LeaseTable.TakeAsync(db, MakingLease(row.Id), holder, session, ct) is not { } lease)
                continue;
            await transaction.CommitAsync(ct);
            return (row, lease);
        }

        return null;
    }

    /// <summary>The lease under which a deployment's release is made.</summary>
    public static string MakingLease(DeploymentId id) => $"make/{id}";

    public static async Task<IReadOnlyList<DeploymentRow>> ListAsync(NpgsqlConnection db, EnvId env, int before, int limit, CancellationToken ct) =>
        (await db.QueryAsync<DeploymentRow>(new CommandDefinition(
            $"select {Columns} from deployments where env_id = @env and number < @before order by number desc limit @limit",
            new { env, before, limit }, cancellationToken: ct))).AsList();

    /// <summary>The newest deployment before <paramref name="than"/> that users were served by.</summary>
    public static Task<DeploymentRow?> PreviousServedAsync(NpgsqlConnection db, DeploymentRow than, CancellationToken ct) =>
        db.QueryFirstOrDefaultAsync<DeploymentRow>(new CommandDefinition(
            $"select {Columns} from deployments where env_id = @EnvId and number < @Number and state->>'is' = 'replaced' and release_id <> @ReleaseId order by number desc limit 1",
            new { than.EnvId, than.Number, than.ReleaseId }, cancellationToken: ct));

    /// <summary>The deployment that users were served by until this one took its place.</summary>
    public static Task<DeploymentRow?> ReplacedByAsync(NpgsqlConnection db, DeploymentRow by, CancellationToken ct) =>
        db.QueryFirstOrDefaultAsync<DeploymentRow>(new CommandDefinition(
            $"select {Columns} from deployments where env_id = @EnvId and number < @Number and state->>'is' = 'replaced' and state->>'by' = @By order by number desc limit 1",
            new { by.EnvId, by.Number, By = by.Id.ToString() }, cancellationToken: ct));

    /// <param name="reference">A deployment (id, last digits or number), or the id of a release: then the newest that served it.</param>
    public static async Task<DeploymentRow?> FindTargetAsync(NpgsqlConnection db, EnvId env, string reference, CancellationToken ct) =>
        Id.TryParse<ReleaseId>(reference, out var release)
            ? await db.QueryFirstOrDefaultAsync<DeploymentRow>(new CommandDefinition(
                $"select {Columns} from deployments where env_id = @env and release_id = @release and state->>'is' in ('live', 'replaced') order by number desc limit 1",
                new { env, release }, cancellationToken: ct))
            : await FindAsync(db, env, reference, ct);

    public static string[] Subjects(DeploymentRow row) => row.ReleaseId is { } release
        ? [row.Id.ToString(), row.EnvId.ToString(), release.ToString()]
        : [row.Id.ToString(), row.EnvId.ToString()];

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, DavitJson.Options);
}
