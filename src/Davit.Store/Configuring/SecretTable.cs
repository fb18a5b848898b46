using Dapper;
using Davit.Model;
using Npgsql;

namespace Davit.Store.Configuring;

/// <summary>A new version of a secret, sealed for the number it gets.</summary>
/// <param name="Origin">How its value came to be.</param>
public sealed record SecretDraft(ConfigPlace Place, string Name, string Deliver, string Origin)
{
    public required string Digest { get; init; }

    /// <summary>Seals the value for a version; asked once it is known, because the number is part of what is sealed.</summary>
    public required Func<int, Task<byte[]>> Seal { get; init; }
}

/// <summary>Secrets and their versions. Values go in sealed, and come out only to whoever starts an instance.</summary>
public static class SecretTable
{
    /// <summary>How many versions of a secret are kept, whatever uses them.</summary>
    public const int Remembered = 20;

    internal const string Select =
        """
        select s.id, s.org_id, s.project_id, s.app_id, s.env_id, s.name, s.deliver, s.version, s.unset, s.created_at, v.author, v.created_at as set_at
        from secrets s join secret_versions v on v.secret_id = s.id and v.version = s.version
        """;

    public static async Task<IReadOnlyList<SecretRow>> ListAsync(NpgsqlConnection db, ConfigPlace place, CancellationToken ct) =>
        (await db.QueryAsync<SecretRow>(new CommandDefinition(
            $"{Select} where s.{ConfigPlace.Matches.Replace(" and ", " and s.", StringComparison.Ordinal)} and not s.unset order by s.name", place.Parameters, cancellationToken: ct))).AsList();

    /// <summary>By its name or id at exactly this place, also when it was unset.</summary>
    public static async Task<SecretRow?> FindAsync(NpgsqlConnection db, ConfigPlace place, string nameOrId, CancellationToken ct)
    {
        var values = new DynamicParameters(place.Parameters);
        values.Add("nameOrId", nameOrId);
        return await db.QuerySingleOrDefaultAsync<SecretRow>(new CommandDefinition(
            $"{Select} where s.{ConfigPlace.Matches.Replace(" and ", " and s.", StringComparison.Ordinal)} and (s.name = @nameOrId or 'sec_' || replace(s.id::text, '-', '') = @nameOrId)", values, cancellationToken: ct));
    }

    /// <summary>Adds a version; the row is locked, so two writers get two numbers.</summary>
    public static async Task<SecretRow> SetAsync(Writing writing, SecretDraft draft, SecretId fresh, CancellationToken ct)
    {
        var values = new DynamicParameters(draft.Place.Parameters);
        values.AddDynamicParams(new { Fresh = fresh, draft.Name, draft.Deliver, writing.At });
        var (id, version) = await writing.Db.QuerySingleAsync<(Guid, int)>(new CommandDefinition(
            """
            insert into secrets (id, org_id, project_id, app_id, env_id, name, deliver, version, created_at) values (@Fresh, @Org, @Project, @App, @Env, @Name, @Deliver, 1, @At)
            on conflict (org_id, project_id, app_id, env_id, name) do update set version = secrets.version + 1, deliver = excluded.deliver, unset = false
            returning id, version
            """, values, cancellationToken: ct));
        await writing.Db.ExecuteAsync(new CommandDefinition(
            "insert into secret_versions (secret_id, version, org_id, sealed, digest, origin, author, created_at) values (@id, @version, @Org, @bytes, @Digest, @Origin, @Actor, @At)",
            new { id, version, draft.Place.Org, bytes = await draft.Seal(version), draft.Digest, draft.Origin, writing.Cause.Actor, writing.At }, cancellationToken: ct));
        writing.Record(new("secret.set", [SecretId.From(id).ToString(), draft.Place.Id], new() { ["name"] = draft.Name, ["place"] = draft.Place.Kind, ["version"] = version, ["origin"] = draft.Origin }));
        return (await FindAsync(writing.Db, draft.Place, draft.Name, ct))!;
    }

    /// <summary>Its versions stay for those that go back to them.</summary>
    public static async Task UnsetAsync(Writing writing, SecretRow row, CancellationToken ct)
    {
        await writing.Db.ExecuteAsync(new CommandDefinition("update secrets set unset = true where org_id = @OrgId and id = @Id", new { row.OrgId, row.Id }, cancellationToken: ct));
        writing.Record(new("secret.unset", [row.Id.ToString(), row.Place.Id], new() { ["name"] = row.Name, ["place"] = row.Place.Kind, ["version"] = row.Version }));
    }

    public static async Task<IReadOnlyList<SecretVersionRow>> VersionsAsync(NpgsqlConnection db, SecretRow row, CancellationToken ct) =>
        (await db.QueryAsync<SecretVersionRow>(new CommandDefinition(
            "select version, digest, origin, author, created_at from secret_versions where org_id = @OrgId and secret_id = @Id order by version desc",
            new { row.OrgId, row.Id }, cancellationToken: ct))).AsList();

    /// <summary>The newest versions of every secret of an org: what may stand in something that is written.</summary>
    public static async Task<IReadOnlyList<(string Name, string Pin)>> PinsAsync(NpgsqlConnection db, OrgId org, CancellationToken ct) =>
        [.. (await db.QueryAsync<(Guid Id, string Name, int Version)>(new CommandDefinition(
            $"select s.id, s.name, v.version from secrets s join secret_versions v on v.secret_id = s.id where s.org_id = @org and v.version > s.version - {Remembered}", new { org }, cancellationToken: ct)))
            .Select(s => (s.Name, SecretRow.PinOf(SecretId.From(s.Id), s.Version)))];

    /// <summary>
    /// Forgets versions that are older than the last ones and that nothing can be brought back to: no wish of a release that is
    /// still whole, or that is under way, names them. What was set a short while ago may be on its way into a wish.
    /// </summary>
    /// <returns>How many.</returns>
    public static async Task<int> PruneAsync(Writing writing, DateTimeOffset setBefore, CancellationToken ct)
    {
        var gone = (await writing.Db.QueryAsync<(Guid Id, int Version)>(new CommandDefinition(
            $"""
            delete from secret_versions v using secrets s
            where v.org_id = @Org and s.id = v.secret_id and v.version <= s.version - {Remembered} and v.created_at < @setBefore
              and not exists (
                select 1 from deployments d
                where d.org_id = @Org and d.wish is not null and position('sec_' || replace(v.secret_id::text, '-', '') || '@' || v.version || '"' in d.wish::text) > 0
                  and not exists (select 1 from release_marks m where m.release_id = d.release_id and m.collected_at is not null))
            returning v.secret_id, v.version
            """, new { writing.Cause.Org, setBefore }, cancellationToken: ct))).AsList();
        if (gone.Count > 0)
            writing.Record(new("secret.versions-pruned", [.. gone.Select(g => SecretId.From(g.Id).ToString()).Distinct(StringComparer.Ordinal)], new() { ["versions"] = gone.Count }));
        return gone.Count;
    }

    public static Task<string?> DigestAsync(NpgsqlConnection db, SecretRow row, CancellationToken ct) => db.QuerySingleOrDefaultAsync<string>(new CommandDefinition(
        "select digest from secret_versions where org_id = @OrgId and secret_id = @Id and version = @Version", new { row.OrgId, row.Id, row.Version }, cancellationToken: ct));

    public static Task<SealedSecretRow?> SealedAsync(NpgsqlConnection db, OrgId org, SecretId id, int version, CancellationToken ct) =>
        db.QuerySingleOrDefaultAsync<SealedSecretRow>(new CommandDefinition(
            """
            select s.org_id, s.project_id, s.app_id, s.env_id, s.name, v.version, v.sealed, r.version is not null as is_retired
            from secret_versions v join secrets s on s.id = v.secret_id left join secret_rotations r on r.secret_id = s.id and r.ended_at is not null and r.version > v.version where s.org_id = @org and v.org_id = @org and s.id = @id and v.version = @version
            """, new { org, id, version }, cancellationToken: ct));
}
