using System.Collections.Immutable;

namespace Davit.Model;

/// <summary>DV3: drivers and nodes. What the runtime answered is quoted, shortened; secrets are never part of it.</summary>
public static class DriverProblems
{
    public static readonly ProblemCode RuntimeUnreachableCode = new("DV3001", "runtime-unreachable", "The runtime does not answer", 503, IsRetryable: true);
    public static readonly ProblemCode EngineTooOldCode = new("DV3002", "engine-too-old", "The engine is older than Davit speaks", 502);
    public static readonly ProblemCode EngineTooNewCode = new("DV3003", "engine-too-new", "The engine no longer speaks Davit's versions", 502);
    public static readonly ProblemCode ImageNotFoundCode = new("DV3004", "image-not-found", "The image does not exist", 422);
    public static readonly ProblemCode ImageAuthCode = new("DV3005", "image-auth", "The registry refused the credentials", 422);
    public static readonly ProblemCode ImageUnreachableCode = new("DV3006", "image-unreachable", "The registry does not answer", 503, IsRetryable: true);
    public static readonly ProblemCode ImagePlatformCode = new("DV3007", "image-platform", "The image does not run on this platform", 422);
    public static readonly ProblemCode CreateRefusedCode = new("DV3010", "create-refused", "The runtime refused the instance", 422);
    public static readonly ProblemCode NetworkFailedCode = new("DV3011", "network-failed", "A network could not be set up", 502);
    public static readonly ProblemCode VolumeFailedCode = new("DV3012", "volume-failed", "A volume could not be set up", 502);
    public static readonly ProblemCode CommandNotFoundCode = new("DV3013", "command-not-found", "The command is not in the image", 422);
    public static readonly ProblemCode PermissionDeniedCode = new("DV3014", "permission-denied", "The command may not be executed", 422);
    public static readonly ProblemCode PortTakenCode = new("DV3015", "port-taken", "The host port is in use", 409);
    public static readonly ProblemCode DiskFullCode = new("DV3016", "disk-full", "The runtime's disk is full", 507);
    public static readonly ProblemCode BuildFailedCode = new("DV3017", "build-failed", "A build step failed", 422);
    public static readonly ProblemCode NameTakenCode = new("DV3018", "name-taken", "The name belongs to another object", 409);
    public static readonly ProblemCode RuntimeRefusedCode = new("DV3019", "runtime-refused", "The runtime answered with an error", 502);
    public static readonly ProblemCode InstanceNotFoundCode = new("DV3020", "instance-not-found", "The runtime does not know this instance", 404);
    public static readonly ProblemCode SecretFailedCode = new("DV3021", "secret-failed", "A secret could not be delivered", 502);
    public static readonly ProblemCode DriverCannotCode = new("DV3022", "driver-cannot", "The driver cannot do this", 422);
    public static readonly ProblemCode InstanceNotRunningCode = new("DV3023", "instance-not-running", "The instance does not run", 409);
    public static readonly ProblemCode RuntimeTimeoutCode = new("DV3024", "runtime-timeout", "The runtime did not answer in time", 504, IsRetryable: true);
    public static readonly ProblemCode BuildTimeoutCode = new("DV3025", "build-timeout", "The build took too long", 422);
    public static readonly ProblemCode BuildUnavailableCode = new("DV3026", "build-unavailable", "This build needs something that is missing here", 422);
    public static readonly ProblemCode NetworkInUseCode = new("DV3027", "network-in-use", "The network is in use", 409);
    public static readonly ProblemCode VolumeInUseCode = new("DV3028", "volume-in-use", "The volume is in use", 409);
    public static readonly ProblemCode LogsUnreadableCode = new("DV3029", "logs-unreadable", "The log driver cannot be read back", 422);
    public static readonly ProblemCode DriverUnknownCode = new("DV3030", "driver-unknown", "There is no such driver", 422);
    public static readonly ProblemCode DriverDuplicateCode = new("DV3031", "driver-duplicate", "Two drivers have the same id", 500);
    public static readonly ProblemCode ImageInUseCode = new("DV3033", "image-in-use", "The image is in use", 409);
    public static readonly ProblemCode BuildContextCode = new("DV3034", "build-context", "The build context cannot be used", 422);
    public static readonly ProblemCode PrestartFailedCode = new("DV3035", "prestart-failed", "A command before the start failed", 422);
    public static readonly ProblemCode HookFailedCode = new("DV3036", "hook-failed", "A command after the start failed", 422);

    public static ImmutableArray<ProblemCode> All { get; } =
    [
        RuntimeUnreachableCode, EngineTooOldCode, EngineTooNewCode, ImageNotFoundCode, ImageAuthCode, ImageUnreachableCode, ImagePlatformCode,
        CreateRefusedCode, NetworkFailedCode, VolumeFailedCode, CommandNotFoundCode, PermissionDeniedCode, PortTakenCode, DiskFullCode,
        BuildFailedCode, NameTakenCode, RuntimeRefusedCode, InstanceNotFoundCode, SecretFailedCode, DriverCannotCode, InstanceNotRunningCode,
        RuntimeTimeoutCode, BuildTimeoutCode, BuildUnavailableCode, NetworkInUseCode, VolumeInUseCode, LogsUnreadableCode, DriverUnknownCode,
        DriverDuplicateCode, ImageInUseCode, BuildContextCode, PrestartFailedCode, HookFailedCode,
    ];

    public static Problem RuntimeUnreachable(string endpoint, string why) => new(RuntimeUnreachableCode,
        $"No answer from {endpoint}: {Shorten(why)}. Instances that run go on running.",
        $"Check that the engine runs and may be opened: docker -H {endpoint} version");

    public static Problem EngineTooOld(string engine, string engineRange, string ourRange) => new(EngineTooOldCode,
        $"Engine {engine} speaks API {engineRange}; Davit speaks {ourRange}. Nothing was changed.",
        "Upgrade the engine to version 20.10 or newer.");

    public static Problem EngineTooNew(string engine, string engineRange, string ourRange) => new(EngineTooNewCode,
        $"Engine {engine} speaks API {engineRange}; Davit speaks {ourRange}. Nothing was changed.",
        "Upgrade Davit: davit version");

    public static Problem ImageNotFound(string image, string answer) => new(ImageNotFoundCode,
        $"'{image}' is neither in the runtime's store nor in its registry: {Shorten(answer)}. Nothing was started.",
        $"Check name and tag: docker pull {image}");

    public static Problem ImageAuth(string image, string answer) => new(ImageAuthCode,
        $"The registry of '{image}' did not let us read it: {Shorten(answer)}. Nothing was started.",
        "A wrong name looks the same as missing rights. Check the name, then give the org credentials for this registry.");

    public static Problem ImageUnreachable(string image, string answer) => new(ImageUnreachableCode,
        $"The registry of '{image}' could not be asked: {Shorten(answer)}. Nothing was started.",
        $"Try from the node itself: docker pull {image}");

    public static Problem ImagePlatform(string image, string wanted, string answer) => new(ImagePlatformCode,
        $"'{image}' has no variant for {wanted}: {Shorten(answer)}. Nothing was started.",
        $"Build or publish it for {wanted}, or set 'platform:' to one it has.");

    public static Problem CreateRefused(string instance, string answer) => new(CreateRefusedCode,
        $"The runtime did not accept '{instance}': {Shorten(answer)}. Nothing was started.",
        "The text names the setting; change it in the manifest and deploy again.");

    public static Problem NetworkFailed(string what, string answer) => new(NetworkFailedCode,
        $"Network of '{what}': {Shorten(answer)}. What runs was not touched.",
        "See which networks exist and what they occupy: docker network ls");

    public static Problem VolumeFailed(string what, string answer) => new(VolumeFailedCode,
        $"Volume or mount of '{what}': {Shorten(answer)}. No data was changed.",
        "Check that source and target of the mount exist and are of the same kind (file or directory).");

    public static Problem CommandNotFound(string instance, string answer) => new(CommandNotFoundCode,
        $"'{instance}' could not execute its command: {Shorten(answer)}. Nothing of it runs.",
        "Use an absolute path that exists in the image, or an entrypoint that does; a script also needs its interpreter.");

    public static Problem PermissionDenied(string instance, string answer) => new(PermissionDeniedCode,
        $"'{instance}' was not allowed to execute its command: {Shorten(answer)}. Nothing of it runs.",
        "Make the file executable in the image: RUN chmod +x /path/to/command");

    public static Problem PortTaken(string instance, string answer) => new(PortTakenCode,
        $"'{instance}' could not have its host port: {Shorten(answer)}. The instance exists but does not run.",
        "Find who listens: ss -ltnup; then free the port or publish another one.");

    public static Problem DiskFull(string what, string answer) => new(DiskFullCode,
        $"No space left for '{what}': {Shorten(answer)}. What runs was not touched.",
        "See what occupies it: docker system df; then remove what is not needed or enlarge the disk.");

    /// <summary>Refused beforehand, so that what runs has room to go on.</summary>
    public static Problem DiskNearlyFull(string what, string path, int percent) => new(DiskFullCode,
        $"The disk of {path} is {percent} % full, so '{what}' was not begun. What runs was not touched.",
        "See what Davit can let go, then let it go: davit gc; davit gc --apply");

    public static Problem BuildFailed(string step, string lastLines) => new(BuildFailedCode,
        $"Step '{Shorten(step)}' failed. No image was made.\n{lastLines}".TrimEnd(),
        "Repair the step the lines above belong to, and build again; finished steps come from the cache.");

    public static Problem NameTaken(string name, string by) => new(NameTakenCode,
        $"'{name}' exists already and {by}. It was not touched.",
        $"Look at it: docker inspect {name}; rename or remove it if it is not needed.");

    public static Problem RuntimeRefused(string call, int status, string answer) => new(RuntimeRefusedCode,
        $"{call} was answered with {status}: {Shorten(answer)}.",
        "The engine's own log says more: journalctl -u docker --since -5min");

    public static Problem InstanceNotFound(string name) => new(InstanceNotFoundCode,
        $"'{name}' does not exist in the runtime, or is not ours. Nothing was changed.",
        "List what runs: davit instance list");

    public static Problem SecretFailed(string instance, string secret, string why) => new(SecretFailedCode,
        $"Secret '{secret}' could not be put in place for '{instance}': {Shorten(why)}. The instance was not started.",
        "The secrets directory must be on tmpfs and writable by Davit: df -T /run");

    public static Problem DriverCannot(string driver, string key, string wayOut) => new(DriverCannotCode,
        $"Driver '{driver}' cannot honour '{key}'. Nothing was started.", wayOut);

    public static Problem InstanceNotRunning(string name, string state) => new(InstanceNotRunningCode,
        $"'{name}' is {state}. Nothing was changed.",
        "Choose a running one: davit instance list");

    public static Problem RuntimeTimeout(string call, TimeSpan limit) => new(RuntimeTimeoutCode,
        $"{call} had no answer within {limit.TotalSeconds:0.#}s. It may still be carried out; asking again is harmless.",
        "See whether the machine is overloaded: uptime; docker info");

    public static Problem BuildTimeout(TimeSpan limit, string step) => new(BuildTimeoutCode,
        $"The build was stopped after {limit.TotalMinutes:0.#} minutes in step '{Shorten(step)}'. No image was made.",
        "Make the step faster or raise the build's time limit.");

    public static Problem BuildUnavailable(string what, string hint) => new(BuildUnavailableCode, $"{what} No image was made.", hint);

    public static Problem NetworkInUse(string name, string answer) => new(NetworkInUseCode,
        $"'{name}' still has users: {Shorten(answer)}. It was not removed.",
        $"See who they are: docker network inspect {name}");

    public static Problem VolumeInUse(string name, string answer) => new(VolumeInUseCode,
        $"'{name}' is mounted: {Shorten(answer)}. It was not removed, its data is untouched.",
        $"See who uses it: docker ps -a --filter volume={name}");

    public static Problem LogsUnreadable(string name, string answer) => new(LogsUnreadableCode,
        $"The output of '{name}' cannot be read back: {Shorten(answer)}.",
        "Remove 'logging:' from the service, or choose the driver json-file or local.");

    public static Problem DriverUnknown(string id, ImmutableArray<string> known) => new(DriverUnknownCode,
        $"There is no driver '{Shorten(id)}'. Nothing was changed.",
        $"Use one of: {string.Join(", ", known)}");

    public static Problem DriverDuplicate(string id, ImmutableArray<string> known) => new(DriverDuplicateCode,
        $"Driver '{id}' is registered twice (registered: {string.Join(", ", known)}). The process did not start.",
        "Register each driver once.");

    public static Problem ImageInUse(string image, string answer) => new(ImageInUseCode,
        $"'{image}' is used by an instance: {Shorten(answer)}. It was not removed.",
        $"See which: docker ps -a --filter ancestor={image}");

    public static Problem BuildContext(string directory, string why) => new(BuildContextCode,
        $"'{directory}': {Shorten(why)}. Nothing was built.",
        "Check 'build.context' and 'build.dockerfile' in the manifest, and .dockerignore.");

    public static Problem PrestartFailed(string instance, string command, string why) => new(PrestartFailedCode,
        $"'{Shorten(command)}' of '{instance}' failed: {why.TrimEnd()}\nThe instance was not made, and what serves was not touched.",
        "Run the command in the image by hand, then repair 'prestart' in davit.yaml.");

    public static Problem HookFailed(string instance, string command, string why) => new(HookFailedCode,
        $"'{Shorten(command)}' of '{instance}' failed: {why.TrimEnd()}\nThe instance was stopped and took no traffic.",
        "Repair 'post_start' of the service: it runs inside the instance, right after its main process began.");

    private static string Shorten(string text)
    {
        var line = text.Trim().TrimEnd('.');
        return line.Length <= 600 ? line : line[..600] + "…";
    }
}
