using System.Text.Json.Nodes;
using Davit.ControlPlane.Access;
using Davit.ControlPlane.Apps;
using Davit.ControlPlane.Receipts;
using Davit.ControlPlane.Reconciling;
using Davit.ControlPlane.Redacting;
using Davit.Drivers;
using Davit.Model;
using Davit.Planning.Rollouts;
using Davit.Store.Events;
using Davit.Wire;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Davit.ControlPlane.Exec;

internal static class ExecEndpoints
{
    public static void MapExec(this IEndpointRouteBuilder app)
    {
        app.MapPost("/v1/orgs/{org}/projects/{project}/apps/{app}/envs/{env}/exec-sessions", GrantAsync)
            .Needs("instance:exec").WithMetadata(new Streams()).WithName("GrantExec").WithTags("Exec");
        app.MapGet("/v1/orgs/{org}/exec-sessions/{session}", ConnectAsync).Needs("instance:exec").WithMetadata(new Lasting()).WithName("ConnectExec").WithTags("Exec");
    }

    /// <summary>Chooses a ready instance unless one is named, and grants one session in it.</summary>
    private static async Task<Created<Receipted<ExecGrant>>> GrantAsync(
        [AsParameters] EnvPath path, ExecRequest body, Caller caller, Writers write, ExecParts parts, CancellationToken ct)
    {
        if (body.Command.Count is 0)
            throw new ProblemException(ApiProblems.BadBody("'command' is empty"));
        var env = await write.Places.EnvAsync(caller, path, ct);
        var instance = Choose(await parts.Observer.LookAsync(env, ct), body);
        var grant = parts.Grants.Give(caller, instance.Name, body);
        var redactor = await parts.Redaction.OfAsync(env.OrgId, ct);
        return await write.WriteAsync(caller, grant.Id.ToString(), async w =>
        {
            w.Record(new EventDraft("exec.granted", [grant.Id.ToString(), instance.Id.ToString(), env.Id.ToString()],
                new JsonObject { ["instance"] = instance.Name, ["command"] = new JsonArray([.. body.Command.Select(c => JsonValue.Create(redactor.Apply(c)))]) }));
            var receipt = await write.Receipts.WriteAsync(w, new ReceiptDraft("exec-grant", "accepted", [grant.Id.ToString(), instance.Id.ToString()], []), ct);
            return TypedResults.Created((string?)null, new Receipted<ExecGrant>(new(grant.Id.ToString(), instance.Name, grant.ExpiresAt), receipt));
        }, ct);
    }

    private static InstanceSeen Choose(Sight have, ExecRequest wanted)
    {
        var found = wanted.Instance is not ""
            ? have.Instances.FirstOrDefault(i => i.Name == wanted.Instance || i.Id.ToString() == wanted.Instance || (wanted.Instance.Length >= 6 && i.Id.ToString().EndsWith(wanted.Instance, StringComparison.Ordinal)))
            : have.Of(wanted.Service).OrderByDescending(i => i.IsReady).ThenByDescending(i => i.IsUp).ThenByDescending(i => i.Ordinal).FirstOrDefault();
        return found ?? throw new ProblemException(ApiProblems.Missing("instance", wanted.Instance is "" ? wanted.Service : wanted.Instance));
    }

    private static async Task ConnectAsync(string org, string session, HttpContext context, Caller caller, Places places, ExecParts parts, IRuntimeDriver driver)
    {
        var row = await places.OrgAsync(caller, new(org), context.RequestAborted);
        if (!context.WebSockets.IsWebSocketRequest)
            throw new ProblemException(ApiProblems.BadBody($"this is a WebSocket with the subprotocol {ExecFrames.Subprotocol}"));
        var grant = parts.Grants.Use(Id.Parse<ExecId>(session), row.Id, caller.Actor) ?? throw new ProblemException(ApiProblems.Missing("exec session", session, "Begin another one with: davit exec"));
        caller.Require("instance:exec", grant.Target);

        using var socket = await context.WebSockets.AcceptWebSocketAsync(ExecFrames.Subprotocol);
        using var relay = new ExecRelay(driver, socket, parts.Redaction, parts.Clock);
        await relay.RunAsync(grant, context.RequestAborted);
    }
}

internal sealed record ExecParts(ExecGrants Grants, Observer Observer, Redaction Redaction, TimeProvider Clock);
