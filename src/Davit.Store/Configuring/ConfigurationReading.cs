using Dapper;
using Davit.Planning.Configuring;
using Davit.Store.Resources;
using Npgsql;

namespace Davit.Store.Configuring;

/// <summary>Reads everything that counts for one environment into the planner's words. Values of secrets are not among it.</summary>
public static class ConfigurationReading
{
    public static async Task<EnvConfiguration> ReadAsync(NpgsqlConnection db, EnvRow env, CancellationToken ct)
    {
        var chain = await InheritanceTable.ChainAsync(db, env.Id, ct);
        var all = new { Org = env.OrgId, App = env.AppId, Envs = chain.Select(c => c.Id.Value).ToArray() };
        const string Where =
            "org_id = @Org and (num_nonnulls(project_id, app_id, env_id) = 0 or project_id = (select project_id from apps where id = @App) or app_id = @App or env_id = any(@Envs))";
        var variables = (await db.QueryAsync<VariableRow>(new CommandDefinition($"select {VariableTable.Columns} from variables where {Where} order by name", all, cancellationToken: ct))).AsList();
        var secrets = (await db.QueryAsync<SecretRow>(new CommandDefinition(
            $"select * from ({SecretTable.Select}) s where {Where} and not unset order by name", all, cancellationToken: ct))).AsList();
        return new EnvConfiguration
        {
            Layers = [.. Layers(env, chain, variables, secrets)],
            Definitions = [.. await DefinitionTable.ListAsync(db, env.AppId, ct)],
        };
    }

    private static IEnumerable<Layer> Layers(EnvRow env, IReadOnlyList<ChainedEnv> chain, List<VariableRow> variables, List<SecretRow> secrets)
    {
        yield return Layer(LayerKind.Org, "org", p => p.Kind is "org");
        yield return Layer(LayerKind.Project, $"project {env.ProjectName}", p => p.Kind is "project");
        yield return Layer(LayerKind.App, $"app {env.AppName}", p => p.Kind is "app");

        // The farthest first. A secret passes only where everybody on its way lets it.
        for (var i = chain.Count - 1; i > 0; i--)
            yield return Layer(LayerKind.Inherited, $"env {chain[i].Name}", p => p.Env == chain[i].Id, withSecrets: chain.Take(i + 1).Skip(1).All(e => e.GivesSecrets));
        yield return Layer(LayerKind.Env, $"env {env.Name}", p => p.Env == env.Id);
        foreach (var service in variables.Where(v => v.EnvId == env.Id && v.Service is not "").GroupBy(v => v.Service, StringComparer.Ordinal))
            yield return new Layer(LayerKind.Service, $"service {service.Key}", [.. service.Select(Setting)]) { Service = service.Key };

        Layer Layer(LayerKind kind, string label, Func<ConfigPlace, bool> isHere, bool withSecrets = true) => new(kind, label,
            [.. variables.Where(v => v.Service is "" && isHere(v.Place)).Select(Setting), .. secrets.Where(s => withSecrets && isHere(s.Place)).Select(Setting)]);
    }

    private static Setting Setting(VariableRow row) => new(row.Name, row.Form switch
    {
        "unset" => new SettingValue.Unset(),
        "template" => new SettingValue.Template(row.Value),
        _ => new SettingValue.Text(row.Value),
    })
    {
        IsLocked = row.Locked, Author = row.Author, At = row.UpdatedAt,
    };

    private static Setting Setting(SecretRow row) => new(row.Name, new SettingValue.Secret(new SecretPin(row.Name, row.Pin), row.Deliver is "env")) { Author = row.Author, At = row.SetAt };
}
