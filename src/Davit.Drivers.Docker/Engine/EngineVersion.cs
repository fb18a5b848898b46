using Davit.Drivers.Docker.Engine.Messages;
using Davit.Model;

namespace Davit.Drivers.Docker.Engine;

/// <summary>What was agreed with the engine on connecting.</summary>
/// <param name="Api">The version spoken: the smaller of the engine's and ours.</param>
/// <param name="Engine">The engine's release, for people.</param>
internal sealed record EngineVersion(ApiVersion Api, string Engine)
{
    /// <summary><c>os/arch</c> of the engine's machine; "" when it does not say.</summary>
    public string Platform { get; init; } = "";

    /// <exception cref="ProblemException">DV3002 or DV3003 when the two ranges do not overlap.</exception>
    public static EngineVersion Agree(VersionReply reply)
    {
        if (!ApiVersion.TryParse(reply.ApiVersion, out var newest))
            throw new ProblemException(DriverProblems.RuntimeRefused("GET /version", 200, $"'{reply.ApiVersion}' is no API version"));
        if (!ApiVersion.TryParse(reply.MinApiVersion, out var oldest))
            oldest = newest;

        var theirs = $"{oldest} to {newest}";
        var ours = $"{ApiVersion.Oldest} to {ApiVersion.Newest}";
        if (newest < ApiVersion.Oldest)
            throw new ProblemException(DriverProblems.EngineTooOld(reply.Version, theirs, ours));
        if (oldest > ApiVersion.Newest)
            throw new ProblemException(DriverProblems.EngineTooNew(reply.Version, theirs, ours));
        return new(newest < ApiVersion.Newest ? newest : ApiVersion.Newest, reply.Version)
        {
            Platform = reply is { Os.Length: > 0, Arch.Length: > 0 } ? $"{reply.Os}/{reply.Arch}" : "",
        };
    }
}
