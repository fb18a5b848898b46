using System.CommandLine;
using System.Text.Json.Nodes;
using Davit.Cli.Shell;
using Davit.Model;
using Davit.Wire;

namespace Davit.Cli.Looking;

/// <summary><c>davit describe &lt;id&gt;</c></summary>
internal sealed class Describe : Verb
{
    private readonly Argument<string> _id = new("id") { Description = "The id of anything: app_…, env_…, rel_…, dep_…, ins_…, rcp_…" };

    public Describe() : base("describe", "Show everything about one thing, by its id, with its last events.", "davit describe dep_0190a0", "davit describe app_0190a0") => Add(_id);

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var id = asked.Get(_id)!;
        var thing = await asked.Api.GetAsync(await PathAsync(asked, id, ct), WireJson.Default.JsonObject, ct);
        thing["events"] = await EventsAsync(asked, id, ct);
        asked.Terminal.Document(thing, WireJson.Default.JsonObject);
        return ExitCode.Done;
    }

    private static async Task<string> PathAsync(Invocation asked, string id, CancellationToken ct) => id.Split('_')[0] switch
    {
        "org" => $"v1/orgs/{Invocation.Part(id)}",
        "prj" => $"{asked.OrgPath}/projects/{Invocation.Part(id)}",
        "app" => $"{asked.Project}/apps/{Invocation.Part(id)}",
        "env" => $"{await AppOfAsync(asked, id, ct)}/envs/{Invocation.Part(id)}",
        "rel" => $"{await AppOfAsync(asked, id, ct)}/releases/{Invocation.Part(id)}",
        "dep" => await NamedWithAsync(asked, id, "env_", ct) is { } env
            ? $"{await AppOfAsync(asked, env, ct)}/envs/{env}/deployments/{Invocation.Part(id)}"
            : $"{await asked.EnvPathAsync(ct)}/deployments/{Invocation.Part(id)}",
        "rcp" => $"{asked.OrgPath}/receipts/{Invocation.Part(id)}",
        _ => throw new ProblemException(ApiProblems.BadId(id, "dep")),
    };

    /// <summary>An id is enough: the event that made the thing names what it belongs to. Without one the context has to say it.</summary>
    private static async Task<string> AppOfAsync(Invocation asked, string id, CancellationToken ct) =>
        await NamedWithAsync(asked, id, "app_", ct) is { } app ? $"{asked.Project}/apps/{app}" : asked.AppPath;

    private static async Task<string?> NamedWithAsync(Invocation asked, string id, string prefix, CancellationToken ct)
    {
        await foreach (var item in asked.Api.StreamAsync($"{asked.OrgPath}/events?subject={Invocation.Part(id)}", WireJson.Default.EventView, ct))
        {
            if (item.Subjects.FirstOrDefault(s => s.StartsWith(prefix, StringComparison.Ordinal)) is { } found)
                return found;
        }

        return null;
    }

    private static async Task<JsonArray> EventsAsync(Invocation asked, string id, CancellationToken ct)
    {
        var events = new JsonArray();
        await foreach (var item in asked.Api.StreamAsync($"{asked.OrgPath}/events?subject={Invocation.Part(id)}", WireJson.Default.EventView, ct))
            events.Add(new JsonObject { ["seq"] = item.Seq, ["at"] = item.At.ToString("O", System.Globalization.CultureInfo.InvariantCulture), ["type"] = item.Type, ["actor"] = item.Actor });
        return events;
    }
}
