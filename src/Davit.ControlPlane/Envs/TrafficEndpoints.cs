using System.Text.Json.Nodes;
using Davit.ControlPlane.Access;
using Davit.ControlPlane.Apps;
using Davit.ControlPlane.Receipts;
using Davit.Edge.Control;
using Davit.Model;
using Davit.Wire;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Davit.ControlPlane.Envs;

/// <summary>Pause, resume and maintenance. The edge keeps the state with its table, so it outlives davitd, the edge and deployments.</summary>
internal static class TrafficEndpoints
{
    public static void MapTraffic(this IEndpointRouteBuilder app) => app
        .MapPut("/v1/orgs/{org}/projects/{project}/apps/{app}/envs/{env}/traffic", SetAsync).Needs("env:traffic").WithName("SetEnvTraffic").WithTags("Environments");

    private static async Task<Ok<Receipted<TrafficView>>> SetAsync(
        [AsParameters] EnvPath path, TrafficRequest body, Caller caller, Writers write, EdgeControlClient edge, CancellationToken ct)
    {
        var env = EnvEndpoints.Usable(await write.Places.EnvAsync(caller, path, ct));
        if (!Enum.TryParse<TrafficMode>(body.Mode, ignoreCase: true, out var mode) || !Enum.IsDefined(mode) || char.IsDigit(body.Mode[0]))
            throw new ProblemException(EdgeProblems.BadTraffic($"'{body.Mode}' is no mode; there are serving, paused and maintenance."));

        if (body.HoldSeconds is < 0 or > 600)
            throw new ProblemException(EdgeProblems.BadTraffic("Requests can be held for up to 600 seconds."));

        var wanted = new EdgeTraffic(mode, body.Message) { Allow = [.. body.Allow] };
        if (body.HoldSeconds is { } hold)
            wanted = wanted with { Hold = TimeSpan.FromSeconds(hold) };

        // The edge first: the receipt tells of what holds. Asking again after a crash in between sets the same once more.
        var set = await AskAsync(edge, env.Id, env.Name, wanted, ct);
        var view = new TrafficView(set.Mode.ToString().ToLowerInvariant(), set.Message, set.Allow, set.Hold.TotalSeconds);
        var details = new JsonObject { ["mode"] = view.Mode, ["message"] = view.Message, ["allow"] = new JsonArray([.. view.Allow.Select(a => JsonValue.Create(a))]), ["holdSeconds"] = view.HoldSeconds };
        return await write.WriteAsync(caller, env.Id.ToString(), async w =>
        {
            w.Record(new("env.traffic-set", [env.Id.ToString()], (JsonObject)details.DeepClone()));
            var next = mode is TrafficMode.Serving ? ("see it serve", "davit status") : ("serve again", mode is TrafficMode.Paused ? "davit resume" : "davit maintenance off");
            var receipt = await write.Receipts.WriteAsync(w, new ReceiptDraft("env-traffic", "done", [env.Id.ToString()], [next]) { Details = details }, ct);
            return TypedResults.Ok(new Receipted<TrafficView>(view, receipt));
        }, ct);
    }

    private static async Task<EdgeTraffic> AskAsync(EdgeControlClient edge, EnvId id, string name, EdgeTraffic wanted, CancellationToken ct)
    {
        try
        {
            return await edge.SetTrafficAsync(id.ToString(), wanted, ct);
        }
        catch (ProblemException e) when (e.Problem.Code is "DV5007")
        {
            throw new ProblemException(DeploymentProblems.NothingDeployed(name), e);
        }
        catch (ProblemException e) when (e.Problem.Code is "DV5004")
        {
            throw new ProblemException(EdgeProblems.BadTraffic(e.Problem.Detail), e);
        }
    }
}
