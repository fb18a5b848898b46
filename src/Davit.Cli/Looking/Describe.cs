using System.CommandLine;
using System.Text.Json.Nodes;
using Davit.Cli.Shell;
using Davit.Wire;

namespace Davit.Cli.Looking;

/// <summary><c>davit describe &lt;id&gt;</c></summary>
internal sealed class Describe : Verb
{
    private readonly Argument<string> _id = new("id") { Description = "The id of anything (app_…, env_…, svc_…, rel_…, dep_…, ins_…, rte_…, bkp_…, rst_…, snp_…, rcp_…), or its last six or more digits." };

    public Describe() : base("describe", "Show everything about one thing, by its id, with its last events.", "davit describe dep_0190a0c27f3e7d1b8a4c5e6f70819203", "davit describe 70819203") => Add(_id);

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var found = await asked.Api.GetAsync($"{asked.OrgPath}/things/{Invocation.Part(asked.Get(_id)!)}", WireJson.Default.ThingView, ct);
        var thing = await asked.Api.GetAsync(found.Path.TrimStart('/'), WireJson.Default.JsonObject, ct);
        thing["events"] = await EventsAsync(asked, found.Id, ct);
        asked.Terminal.Document(thing, WireJson.Default.JsonObject);
        return ExitCode.Done;
    }

    private static async Task<JsonArray> EventsAsync(Invocation asked, string id, CancellationToken ct)
    {
        var events = new JsonArray();
        await foreach (var item in asked.Api.StreamAsync($"{asked.OrgPath}/events?subject={Invocation.Part(id)}", WireJson.Default.EventView, ct))
            events.Add(new JsonObject { ["seq"] = item.Seq, ["at"] = item.At.ToString("O", System.Globalization.CultureInfo.InvariantCulture), ["type"] = item.Type, ["actor"] = item.Actor });
        return events;
    }
}
