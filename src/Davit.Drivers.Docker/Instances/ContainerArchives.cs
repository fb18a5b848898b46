using System.Net;
using Davit.Drivers.Docker.Engine;
using Davit.Model;

namespace Davit.Drivers.Docker.Instances;

/// <summary>Files of containers as tar streams, running or not; volumes are part of the tree.</summary>
internal sealed class ContainerArchives(EngineClient engine, InstanceReader instances)
{
    public async Task<Stream> ReadAsync(string name, string path, CancellationToken ct)
    {
        var found = await instances.GetOwnAsync(name, ct);
        try
        {
            return await engine.OpenAsync(EngineCall.Get($"/containers/{found.Id}/archive", ("path", path)), ct);
        }
        catch (EngineException missing) when (missing.Status is HttpStatusCode.NotFound)
        {
            throw new ProblemException(DriverProblems.InstanceNotFound($"{name}:{path}"), missing);
        }
    }

    /// <summary>Without the engine's <c>copyUIDGID</c>, which gives every file to the user of the image instead of the owner that the archive names.</summary>
    public async Task WriteAsync(string name, string directory, Stream tar, CancellationToken ct)
    {
        var found = await instances.GetOwnAsync(name, ct);
        try
        {
            await engine.RunAsync(
                EngineCall.Put($"/containers/{found.Id}/archive", ("path", directory)) with
                {
                    Content = () => new StreamContent(tar),
                    Timeout = TimeSpan.FromHours(1),
                },
                ct);
        }
        catch (EngineException missing) when (missing.Status is HttpStatusCode.NotFound)
        {
            throw new ProblemException(DriverProblems.InstanceNotFound($"{name}:{directory}"), missing);
        }
        catch (EngineException refused)
        {
            throw new ProblemException(
                EngineMessages.Read(refused.Answer) is Refusal.DiskFull ? DriverProblems.DiskFull(name, refused.Answer) : EngineAnswers.ForAnything(refused), refused);
        }
    }
}
