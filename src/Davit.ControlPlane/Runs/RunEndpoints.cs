using System.Text.Json;
using System.Text.Json.Nodes;
using Davit.ControlPlane.Access;
using Davit.ControlPlane.Apps;
using Davit.ControlPlane.Envs;
using Davit.ControlPlane.Receipts;
using Davit.ControlPlane.Reconciling;
using Davit.Model;
using Davit.Planning.Wishes;
using Davit.Store.Events;
using Davit.Store.Releasing;
using Davit.Store.Resources;
using Davit.Wire;

namespace Davit.ControlPlane.Runs;

internal static class RunEndpoints
{
    public static void MapRuns(this IEndpointRouteBuilder app) => app
        .MapPost("/v1/orgs/{org}/projects/{project}/apps/{app}/envs/{env}/runs", RunAsync)
        .Needs("instance:exec").WithMetadata(new Streams(), new Lasting()).WithName("RunOnce").WithTags("Exec");

    /// <summary>Runs a command in a throw-away instance of the serving release and streams its output; the last line has the exit code.</summary>
    private static async Task RunAsync(
        [AsParameters] EnvPath path, RunRequest body, HttpContext context, Caller caller, Writers write, CommandRunner commands)
    {
        var ct = context.RequestAborted;
        var env = EnvEndpoints.Usable(await write.Places.EnvAsync(caller, path, ct));
        var serving = env.ServingId is { } id ? await write.Database.ReadAsync(db => DeploymentTable.GetAsync(db, id, ct), ct) : null;
        var wish = serving?.Wish is { } stored ? WishJson.Read(stored) : throw new ProblemException(DeploymentProblems.NothingDeployed(env.Name));
        if (wish.Find(body.Service) is not { Static: null })
            throw new ProblemException(ApiProblems.Missing("service", body.Service));
        if (wish.Find(body.Service) is { } service && env.HeldVolumes.FirstOrDefault(service.Mounts) is { } held)
            throw new ProblemException(VolumeProblems.Busy(Volumes.VolumeReading.ShortName(env, held), "it is being backed up with nothing running on it, or restored"));
        if (body.Command.Count is 0)
            throw new ProblemException(ApiProblems.BadBody("'command' is empty"));

        var run = Id.New<RunId>(write.Clock);
        await RecordAsync(run, env, body, caller, write, ct);
        context.Response.ContentType = "application/x-ndjson";
        await context.Response.StartAsync(ct);
        RunLine last;
        try
        {
            var outcome = await commands.RunOnceAsync(wish, serving.Id, new OneOff(body.Service, [.. body.Command], run),
                (line, token) => WriteAsync(context, new RunLine(line.Channel is Drivers.OutputChannel.Stderr ? "err" : "out", line.Text), token), ct);
            last = new RunLine("exit", "", outcome.ExitCode);
        }
        catch (ProblemException e)
        {
            last = new RunLine("problem", JsonSerializer.Serialize(ProblemBody.Of(e.Problem, caller.RequestId), WireJson.Default.ProblemBody), 125);
        }

        await WriteAsync(context, last, ct);
    }

    private static Task RecordAsync(RunId run, EnvRow env, RunRequest body, Caller caller, Writers write, CancellationToken ct) =>
        write.Database.WriteAsync(caller.Causes(run.ToString()), async w =>
        {
            w.Record(new EventDraft("run.started", [run.ToString(), env.Id.ToString()],
                new JsonObject { ["service"] = body.Service, ["command"] = new JsonArray([.. body.Command.Select(c => JsonValue.Create(c))]) }));
            await write.Receipts.WriteAsync(w, new ReceiptDraft("run", "accepted", [run.ToString(), env.Id.ToString()], []), ct);
        }, ct);

    private static async ValueTask WriteAsync(HttpContext context, RunLine line, CancellationToken ct)
    {
        await context.Response.WriteAsync(JsonSerializer.Serialize(line, WireJson.Default.RunLine) + "\n", ct);
        await context.Response.Body.FlushAsync(ct);
    }
}
