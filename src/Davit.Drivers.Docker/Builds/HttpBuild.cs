using System.Globalization;
using System.Text.Json;
using Davit.Drivers.Builds;
using Davit.Drivers.Docker.Engine;
using Davit.Drivers.Docker.Engine.Messages;
using Davit.Model;
using Davit.Planning.Instances;

namespace Davit.Drivers.Docker.Builds;

/// <summary><c>POST /build?version=2</c>: BuildKit without a session, the context as the body.</summary>
internal sealed class HttpBuild(EngineClient engine)
{
    private const string TraceId = "moby.buildkit.trace";

    public async Task RunAsync(BuildSpec spec, ContextDirectory context, BuildTranscript transcript, CancellationToken ct)
    {
        var id = Guid.CreateVersion7(engine.Clock.GetUtcNow()).ToString("N");
        using var body = new ContextContent(context);
        try
        {
            await foreach (var line in engine.StreamAsync(Call(spec, context, id) with { Content = () => body }, EngineJson.Default.ProgressLine, ct))
                await ReadAsync(line, transcript, ct);
            await transcript.EndAsync(ct);
        }
        catch (EngineException refused)
        {
            throw new ProblemException(DriverProblems.BuildFailed("reading the Dockerfile", refused.Answer), refused);
        }
        catch (ProblemException) when (body.Failure is not null)
        {
            throw ContextDirectory.Unusable(spec, body.Failure.Message);
        }
        catch (OperationCanceledException)
        {
            // Closing the connection ends the build too; asking for it as well frees its processes at once.
            await CancelAsync(id);
            throw;
        }
    }

    internal static EngineCall Call(BuildSpec spec, ContextDirectory context, string id) => EngineCall.Post(
        "/build",
        [
            ("version", "2"), ("buildid", id), ("t", spec.Tag), ("dockerfile", context.DockerfileName), ("rm", "1"), ("forcerm", "1"),
            ("target", spec.Target), ("platform", spec.Platform), ("networkmode", spec.NetworkMode),
            ("nocache", spec.NoCache ? "1" : null), ("pull", spec.Pull ? "1" : null),
            ("shmsize", spec.ShmBytes?.ToString(CultureInfo.InvariantCulture)),
            ("buildargs", Map(spec.Arguments)), ("labels", Map(spec.Labels)),
            ("cachefrom", spec.CacheFrom.IsEmpty ? null : JsonSerializer.Serialize([.. spec.CacheFrom.Items], EngineJson.Default.StringArray)),
            .. spec.ExtraHosts.Items.Select(h => ("extrahosts", (string?)h)),
        ]) with { Timeout = Timeout.InfiniteTimeSpan };

    private static string? Map(EquatableMap map) => Lists.OrNull(map) is { } entries ? JsonSerializer.Serialize(entries, EngineJson.Default.TextMap) : null;

    private static async ValueTask ReadAsync(ProgressLine line, BuildTranscript transcript, CancellationToken ct)
    {
        if (line.Error is { } error)
            throw BuildFailure.Of(transcript, error);

        if (line.Id is TraceId && line.Aux is { ValueKind: JsonValueKind.String } aux && aux.TryGetBytesFromBase64(out var bytes))
        {
            foreach (var entry in BuildTrace.Read(bytes))
                await transcript.AddAsync(entry, ct);
        }
        else if (line.Stream is { Length: > 0 } text)
        {
            await transcript.SayAsync(text.TrimEnd('\n'), ct);
        }
    }

    private async Task CancelAsync(string id)
    {
        try
        {
            await engine.RunAsync(EngineCall.Post("/build/cancel", ("id", id)) with { Timeout = TimeSpan.FromSeconds(10) }, CancellationToken.None);
        }
        catch (Exception failure) when (failure is EngineException or ProblemException)
        {
            // The connection is closed already; there is nobody left to tell.
        }
    }
}
