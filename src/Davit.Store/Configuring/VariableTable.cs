using Dapper;
using Davit.Model;
using Npgsql;

namespace Davit.Store.Configuring;

public sealed record VariableRow : PlacedRow
{
    public required VariableId Id { get; init; }

    /// <summary>Only for this service; "" is for all.</summary>
    public required string Service { get; init; }

    public required string Name { get; init; }

    /// <summary><c>text</c>, <c>template</c> or <c>unset</c>.</summary>
    public required string Form { get; init; }

    public required string Value { get; init; }

    public required bool Locked { get; init; }

    public required long Version { get; init; }

    public required string Author { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>What somebody says a variable is.</summary>
public sealed record VariableDraft(ConfigPlace Place, string Service, string Name)
{
    public string Form { get; init; } = "text";

    public string Value { get; init; } = "";

    public bool Locked { get; init; }
}

/// <summary>Variables as they are set at one place.</summary>
public static class VariableTable
{
    internal const string Columns = "id, org_id, project_id, app_id, env_id, service, name, form, value, locked, version, author, updated_at";

    public static async Task<IReadOnlyList<VariableRow>> ListAsync(NpgsqlConnection db, ConfigPlace place, CancellationToken ct) =>
        (await db.QueryAsync<VariableRow>(new CommandDefinition(
            $"select {Columns} from variables where {ConfigPlace.Matches} order by name, service", place.Parameters, cancellationToken: ct))).AsList();

    public static async Task<VariableRow?> FindAsync(NpgsqlConnection db, ConfigPlace place, string service, string nameOrId, CancellationToken ct)
    {
        var values = new DynamicParameters(place.Parameters);
        values.AddDynamicParams(new { service, nameOrId });
        return await db.QuerySingleOrDefaultAsync<VariableRow>(new CommandDefinition(
            $"select {Columns} from variables where {ConfigPlace.Matches} and ((name = @nameOrId and service = @service) or 'var_' || replace(id::text, '-', '') = @nameOrId)", values, cancellationToken: ct));
    }

    public static async Task<VariableRow> SetAsync(Writing writing, VariableDraft draft, VariableId fresh, CancellationToken ct)
    {
        var values = new DynamicParameters(draft.Place.Parameters);
        values.AddDynamicParams(new { Fresh = fresh, draft.Service, draft.Name, draft.Form, draft.Value, draft.Locked, writing.Cause.Actor, writing.At });
        var row = await writing.Db.QuerySingleAsync<VariableRow>(new CommandDefinition(
            $"""
            insert into variables (id, org_id, project_id, app_id, env_id, service, name, form, value, locked, author, created_at, updated_at)
            values (@Fresh, @Org, @Project, @App, @Env, @Service, @Name, @Form, @Value, @Locked, @Actor, @At, @At)
            on conflict (org_id, project_id, app_id, env_id, service, name) do update set form = excluded.form, value = excluded.value, locked = excluded.locked,
              version = variables.version + 1, author = excluded.author, updated_at = excluded.updated_at
            returning {Columns}
            """, values, cancellationToken: ct));
        writing.Record(new("variable.set", [row.Id.ToString(), draft.Place.Id], new() { ["name"] = draft.Name, ["place"] = draft.Place.Kind, ["service"] = draft.Service, ["form"] = draft.Form, ["version"] = row.Version }));
        return row;
    }

    public static async Task DeleteAsync(Writing writing, VariableRow row, CancellationToken ct)
    {
        await writing.Db.ExecuteAsync(new CommandDefinition("delete from variables where org_id = @OrgId and id = @Id", new { row.OrgId, row.Id }, cancellationToken: ct));
        writing.Record(new("variable.removed", [row.Id.ToString(), row.Place.Id], new() { ["name"] = row.Name, ["place"] = row.Place.Kind, ["service"] = row.Service }));
    }

    /// <summary>Variables and secrets together, without those that were unset.</summary>
    public static Task<int> CountAsync(NpgsqlConnection db, ConfigPlace place, CancellationToken ct) => db.ExecuteScalarAsync<int>(new CommandDefinition(
        $"select (select count(*) from variables where {ConfigPlace.Matches}) + (select count(*) from secrets where {ConfigPlace.Matches} and not unset)", place.Parameters, cancellationToken: ct));
}
