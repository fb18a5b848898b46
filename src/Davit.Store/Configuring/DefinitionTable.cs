using System.Text.Json;
using Dapper;
using Davit.Model;
using Davit.Planning.Configuring;
using Npgsql;

namespace Davit.Store.Configuring;

/// <summary>What an app says its variables are.</summary>
public static class DefinitionTable
{
    public static async Task<IReadOnlyList<VariableDefinition>> ListAsync(NpgsqlConnection db, AppId app, CancellationToken ct) =>
        [.. (await db.QueryAsync<string>(new CommandDefinition("select body from variable_definitions where app_id = @app order by name", new { app }, cancellationToken: ct)))
            .Select(b => JsonSerializer.Deserialize<VariableDefinition>(b, DavitJson.Options)!)];

    public static async Task SetAsync(Writing writing, AppId app, VariableDefinition definition, CancellationToken ct)
    {
        await writing.Db.ExecuteAsync(new CommandDefinition(
            """
            insert into variable_definitions (org_id, app_id, name, body, author, updated_at) values (@Org, @app, @Name, @body::jsonb, @Actor, @At)
            on conflict (app_id, name) do update set body = excluded.body, author = excluded.author, updated_at = excluded.updated_at, version = variable_definitions.version + 1
            """,
            new { writing.Cause.Org, app, definition.Name, body = JsonSerializer.Serialize(definition, DavitJson.Options), writing.Cause.Actor, writing.At }, cancellationToken: ct));
        writing.Record(new("variable.defined", [app.ToString()], new() { ["name"] = definition.Name, ["type"] = definition.Type }));
    }

    /// <returns>Whether there was one.</returns>
    public static async Task<bool> DeleteAsync(Writing writing, AppId app, string name, CancellationToken ct)
    {
        var deleted = await writing.Db.ExecuteAsync(new CommandDefinition(
            "delete from variable_definitions where org_id = @Org and app_id = @app and name = @name", new { writing.Cause.Org, app, name }, cancellationToken: ct));
        if (deleted is 1)
            writing.Record(new("variable.definition-removed", [app.ToString()], new() { ["name"] = name }));
        return deleted is 1;
    }
}
