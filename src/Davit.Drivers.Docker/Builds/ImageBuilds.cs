using Davit.Drivers.Builds;
using Davit.Drivers.Docker.Engine;
using Davit.Drivers.Docker.Images;
using Davit.Drivers.Logs;
using Davit.Model;

namespace Davit.Drivers.Docker.Builds;

/// <summary>Builds images: over HTTP, or with the docker command line when there are secrets or logins, which need a session.</summary>
internal sealed class ImageBuilds(EngineClient engine, ImageStore images, DockerDriverOptions options)
{
    public async Task<BuildOutcome> BuildAsync(BuildSpec spec, LogSink sink, CancellationToken ct)
    {
        var begun = engine.Clock.GetTimestamp();
        var transcript = new BuildTranscript(sink, engine.Clock);
        var context = ContextDirectory.Open(spec);
        using var limit = new CancellationTokenSource(spec.Limits.Time, engine.Clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        try
        {
            if (spec.Limits.MemoryBytes is not null || spec.Limits.NanoCpus is not null)
                await transcript.SayAsync("The engine's builder has no limits for memory and CPU; only the time limit holds.", both.Token);
            if (spec.Secrets.IsEmpty && spec.Logins.IsEmpty)
                await new HttpBuild(engine).RunAsync(spec, context, transcript, both.Token);
            else
                await new CommandBuild(engine, options).RunAsync(spec, transcript, both.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            throw new ProblemException(DriverProblems.BuildTimeout(spec.Limits.Time, transcript.CurrentStep));
        }

        var made = await images.FindAsync(spec.Tag, ct) ?? throw new ProblemException(DriverProblems.BuildFailed("export", $"the builder reported success, but there is no image '{spec.Tag}'"));
        return new(made.Id, engine.Clock.GetElapsedTime(begun));
    }
}

/// <summary>What a failed build means.</summary>
internal static class BuildFailure
{
    private const string Metadata = "[internal] load metadata for ";
    private const string Frontend = "resolve image config for ";

    public static ProblemException Of(BuildTranscript transcript, string answer)
    {
        var why = transcript.Error.Length > 0 ? transcript.Error : answer;
        // A command that finds the disk full says so in its own output, and its step only that it failed.
        if (EngineMessages.Read(why) is Refusal.DiskFull || EngineMessages.Read(transcript.LastLines) is Refusal.DiskFull)
            return new(DriverProblems.DiskFull($"the build, step '{transcript.CurrentStep}'", why));
        if (transcript.CurrentStep.StartsWith(Frontend, StringComparison.Ordinal))
        {
            return new(DriverProblems.BuildUnavailable(
                $"The Dockerfile's '# syntax=' line asks for the builder image '{transcript.CurrentStep[Frontend.Length..]}', which could not be fetched: {why}.",
                "Remove the '# syntax=' line if the Dockerfile needs nothing newer than the engine's own builder, or make that image available to the engine."));
        }

        if (transcript.CurrentStep.StartsWith(Metadata, StringComparison.Ordinal))
        {
            var image = transcript.CurrentStep[Metadata.Length..];
            return new(EngineAnswers.ForImageText(image, "this node", why) ?? DriverProblems.ImageNotFound(image, why));
        }

        var step = transcript.CurrentStep.Length > 0 ? transcript.CurrentStep : "reading the Dockerfile";
        return new(DriverProblems.BuildFailed(step, string.Join('\n', new[] { transcript.LastLines, why }.Where(t => t.Length > 0))));
    }
}
