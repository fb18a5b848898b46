using System.Net;
using Davit.Model;

namespace Davit.Drivers.Docker.Engine;

/// <summary>Turns the engine's error answers into problems, by what was wanted.</summary>
internal static class EngineAnswers
{
    /// <summary>Creating, starting or executing in an instance.</summary>
    public static ProblemException ForInstance(string name, string image, EngineException answer) => new(
        EngineMessages.Read(answer.Answer) switch
        {
            Refusal.DiskFull => DriverProblems.DiskFull(name, answer.Answer),
            Refusal.PortTaken => DriverProblems.PortTaken(name, answer.Answer),
            Refusal.CommandNotFound => DriverProblems.CommandNotFound(name, answer.Answer),
            Refusal.PermissionDenied => DriverProblems.PermissionDenied(name, answer.Answer),
            Refusal.Platform => DriverProblems.ImagePlatform(image, "this node", answer.Answer),
            Refusal.Mount => DriverProblems.VolumeFailed(name, answer.Answer),
            Refusal.Network or Refusal.AddressesUsedUp or Refusal.AddressesTaken => DriverProblems.NetworkFailed(name, answer.Answer),
            Refusal.ImageMissing => DriverProblems.ImageNotFound(image, answer.Answer),
            Refusal.Setting => DriverProblems.CreateRefused(name, answer.Answer),
            _ when answer.Status is HttpStatusCode.NotFound && answer.Call.Path.StartsWith("/containers/create", StringComparison.Ordinal)
                => DriverProblems.ImageNotFound(image, answer.Answer),
            _ when answer.Status is HttpStatusCode.NotFound => DriverProblems.InstanceNotFound(name),
            _ when (int)answer.Status < 500 => DriverProblems.CreateRefused(name, answer.Answer),
            _ => ForAnything(answer),
        },
        answer);

    public static ProblemException ForImage(string image, string platform, EngineException answer) =>
        new(ForImageText(image, platform, answer.Answer) ?? (answer.Status switch
        {
            HttpStatusCode.NotFound => DriverProblems.ImageNotFound(image, answer.Answer),
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => DriverProblems.ImageAuth(image, answer.Answer),
            HttpStatusCode.BadRequest => DriverProblems.ImageNotFound(image, answer.Answer),

            // The engine passes on whatever the registry's answer made of its own client.
            _ when answer.Call.Path.StartsWith("/images/create", StringComparison.Ordinal) => DriverProblems.ImageUnreachable(image, answer.Answer),
            _ => DriverProblems.RuntimeRefused(answer.Call.ToString(), (int)answer.Status, answer.Answer),
        }), answer);

    /// <summary>Null when the text says nothing we know.</summary>
    public static Problem? ForImageText(string image, string platform, string text) => EngineMessages.Read(text) switch
    {
        Refusal.DiskFull => DriverProblems.DiskFull(image, text),
        Refusal.Platform => DriverProblems.ImagePlatform(image, platform, text),
        Refusal.ImageAuth => DriverProblems.ImageAuth(image, text),
        Refusal.ImageMissing => DriverProblems.ImageNotFound(image, text),
        Refusal.RegistryUnreachable => DriverProblems.ImageUnreachable(image, text),
        _ => null,
    };

    public static ProblemException ForNetwork(string name, EngineException answer) => new(
        EngineMessages.Read(answer.Answer) is Refusal.InUse
            ? DriverProblems.NetworkInUse(name, answer.Answer)
            : (int)answer.Status < 500 || EngineMessages.Read(answer.Answer) is Refusal.Network or Refusal.AddressesUsedUp or Refusal.AddressesTaken
                ? DriverProblems.NetworkFailed(name, answer.Answer)
                : DriverProblems.RuntimeRefused(answer.Call.ToString(), (int)answer.Status, answer.Answer),
        answer);

    public static ProblemException ForVolume(string name, EngineException answer) => new(
        answer.Status is HttpStatusCode.Conflict ? DriverProblems.VolumeInUse(name, answer.Answer)
        : EngineMessages.Read(answer.Answer) is Refusal.DiskFull ? DriverProblems.DiskFull(name, answer.Answer)
        : DriverProblems.VolumeFailed(name, answer.Answer),
        answer);

    public static Problem ForAnything(EngineException answer) =>
        DriverProblems.RuntimeRefused(answer.Call.ToString(), (int)answer.Status, answer.Answer);
}
