using System.Text.Json.Nodes;
using Davit.Cli.Shell;
using Davit.Wire;

namespace Davit.Cli.Looking;

/// <summary><c>davit list</c></summary>
internal sealed class AppList() : Verb("list", "List the apps of the project with their environments. Works in every directory.", "davit list", "davit list --project default --json")
{
    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var rows = new List<(AppView App, EnvView? Env)>();
        await foreach (var app in asked.Api.ListAsync($"{asked.Project}/apps", WireJson.Default.PageAppView, ct))
        {
            var before = rows.Count;
            await foreach (var env in asked.Api.ListAsync($"{asked.Project}/apps/{app.Id}/envs", WireJson.Default.PageEnvView, ct))
                rows.Add((app, env));
            if (rows.Count == before)
                rows.Add((app, null));
        }

        var sorted = rows.OrderBy(r => r.App.Name, StringComparer.Ordinal).ThenBy(r => r.Env?.Name, StringComparer.Ordinal).ToList();
        if (asked.Terminal.IsJson)
            asked.Terminal.Document(Document(sorted), WireJson.Default.JsonObject);
        else
            asked.Terminal.Table(["APP", "ENV", "STATE", "DESCRIPTION"], sorted.Select(r => (string[])[r.App.Name, r.Env?.Name ?? "", r.Env?.State ?? "", r.App.Description]));
        return ExitCode.Done;
    }

    private static JsonObject Document(List<(AppView App, EnvView? Env)> rows) => new()
    {
        ["items"] = new JsonArray([.. rows.GroupBy(r => r.App.Name, StringComparer.Ordinal).Select(g => new JsonObject
        {
            ["app"] = g.Key,
            ["id"] = g.First().App.Id,
            ["envs"] = new JsonArray([.. g.Select(r => r.Env).OfType<EnvView>().Select(e => new JsonObject { ["name"] = e.Name, ["id"] = e.Id, ["state"] = e.State })]),
        })]),
    };
}
