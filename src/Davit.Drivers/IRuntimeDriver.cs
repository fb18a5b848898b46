using System.Collections.Immutable;
using Davit.Drivers.Builds;
using Davit.Drivers.Events;
using Davit.Drivers.Exec;
using Davit.Drivers.Images;
using Davit.Drivers.Instances;
using Davit.Drivers.Logs;
using Davit.Model;
using Davit.Planning.Garbage;
using Davit.Planning.Instances;

namespace Davit.Drivers;

/// <summary>
/// Runs instances somewhere. Every method may be called again after a crash or a lost answer: objects are addressed by
/// the name the planner chose, so a repeat finds what the first call made. Objects that do not carry the installation's
/// label are never changed. The compliance suite in <c>tests/Davit.Drivers.Compliance</c> says exactly what that means.
/// </summary>
/// <remarks>
/// Every method may throw DV3001 (the runtime cannot be reached), DV3002, DV3003 (its version is outside what the driver
/// speaks), DV3024 (no answer in time) and DV3019 (it answered something else). Further codes are named at the method.
/// </remarks>
public interface IRuntimeDriver : IAsyncDisposable
{
    /// <summary>Such as <c>docker</c>; what <c>driver:</c> in a manifest names.</summary>
    string Id { get; }

    /// <summary>What this kind of runtime can do at all; <see cref="DescribeAsync"/> says what the one at hand can do.</summary>
    DriverCapabilities Capabilities { get; }

    /// <summary>Connects if needed, and reports version, platform and size of the runtime. Reads only.</summary>
    Task<RuntimeFacts> DescribeAsync(CancellationToken ct);

    /// <summary>Everything of the scope that exists now. Reads only.</summary>
    Task<RuntimeSight> ObserveAsync(OwnershipScope scope, CancellationToken ct);

    /// <summary>Makes the network, or finds the one of that name. Harmless to repeat: a name of ours is taken as it is.</summary>
    /// <exception cref="ProblemException">DV3011 the runtime refused it; DV3018 the name belongs to somebody else.</exception>
    Task<NetworkSight> EnsureNetworkAsync(NetworkSpec spec, CancellationToken ct);

    /// <summary>Makes the volume, or finds the one of that name; its content is never touched, so a repeat is harmless.</summary>
    /// <exception cref="ProblemException">DV3012 the runtime refused it; DV3018 the name belongs to somebody else.</exception>
    Task<VolumeSight> EnsureVolumeAsync(VolumeSpec spec, CancellationToken ct);

    /// <summary>
    /// Makes the instance without starting it, with all its files in place. Harmless to repeat: an instance of that name
    /// with the same spec is adopted, whatever state it is in.
    /// </summary>
    /// <exception cref="ProblemException">
    /// DV3004 image missing; DV3010 refused; DV3011 network; DV3012 volume; DV3018 the name is taken by a foreign object or another
    /// spec; DV3021 a secret could not be delivered; DV3022 the driver cannot do what the spec asks; DV3035 a command before the start failed.
    /// </exception>
    Task<InstanceSight> CreateInstanceAsync(InstanceSpec spec, CancellationToken ct);

    /// <summary>
    /// Starts a created or stopped instance and runs what its author wants done after the start. Harmless to repeat: a running one
    /// is left alone.
    /// </summary>
    /// <exception cref="ProblemException">
    /// DV3013 command not found; DV3014 permission denied; DV3015 port taken; DV3020 unknown; DV3036 a command after the start failed, and
    /// the instance was stopped.
    /// </exception>
    Task<InstanceSight> StartInstanceAsync(string name, CancellationToken ct);

    /// <summary>
    /// Runs what its author wants done before the stop, sends the stop signal, waits for the rest of the grace period (the spec's when
    /// null), then kills. Harmless to repeat: a stopped or unknown instance is fine.
    /// </summary>
    Task StopInstanceAsync(string name, TimeSpan? grace, CancellationToken ct);

    /// <summary>Lets every process of a running instance stand still where it is. Harmless to repeat: a paused, stopped or unknown one is left alone.</summary>
    Task PauseInstanceAsync(string name, CancellationToken ct);

    /// <summary>Lets a paused instance go on. Harmless to repeat: one that is not paused, or unknown, is left alone.</summary>
    Task ResumeInstanceAsync(string name, CancellationToken ct);

    /// <summary>Removes the instance, its anonymous volumes and its delivered secrets, killing it when it runs. Unknown is fine.</summary>
    Task RemoveInstanceAsync(string name, CancellationToken ct);

    /// <summary>Waits until the instance does not run. Reads only. Null when it is unknown or was never started.</summary>
    Task<InstanceState.Exited?> WaitInstanceAsync(string name, CancellationToken ct);

    /// <summary>Removes a network that nothing uses. Unknown is fine.</summary>
    /// <exception cref="ProblemException">DV3027 it is in use; nothing was removed.</exception>
    Task RemoveNetworkAsync(string name, CancellationToken ct);

    /// <summary>Removes a volume and the data in it. Unknown is fine.</summary>
    /// <exception cref="ProblemException">DV3028 it is in use; nothing was removed.</exception>
    Task RemoveVolumeAsync(string name, CancellationToken ct);

    /// <summary>
    /// Runs a one-off instance to its end, passes on every line and removes it, also on cancellation. A repeat after a crash
    /// adopts a run of the same name that is still there instead of running the command twice.
    /// </summary>
    Task<RunOutcome> RunToEndAsync(InstanceSpec spec, LogSink sink, CancellationToken ct);

    /// <summary>Lines in the order the runtime wrote them, from the first byte on or right after a cursor. Reads only.</summary>
    /// <exception cref="ProblemException">DV3020 unknown; DV3029 its log driver cannot be read back.</exception>
    IAsyncEnumerable<LogLine> LogsAsync(string name, LogQuery query, CancellationToken ct);

    /// <summary>Starts a further process in a running instance. The one call that is not repeatable: each starts a process.</summary>
    /// <exception cref="ProblemException">DV3013, DV3014; DV3020 unknown; DV3023 not running.</exception>
    Task<IExecSession> ExecAsync(string name, ExecSpec spec, CancellationToken ct);

    /// <summary>One sample a second, as long as the instance runs. Counters grow, so a reader takes differences. Reads only.</summary>
    IAsyncEnumerable<InstanceStats> StatsAsync(string name, CancellationToken ct);

    /// <summary>
    /// Hints that something of the scope changed. Only to wake loops: one may be missing or come twice, so nobody decides
    /// anything from it. Ends when the connection does.
    /// </summary>
    IAsyncEnumerable<RuntimeEvent> EventsAsync(OwnershipScope scope, CancellationToken ct);

    /// <summary>Null when the image is not in the runtime's own store. Reads only.</summary>
    Task<ImageSight?> InspectImageAsync(string reference, CancellationToken ct);

    /// <summary>
    /// Turns a reference into what an <see cref="InstanceSpec.Image"/> holds, pulling as the request says. An image that no
    /// registry knows resolves to its local id. Harmless to repeat; a moved tag gives the new digest.
    /// </summary>
    /// <exception cref="ProblemException">DV3004 not found; DV3005 credentials; DV3006 registry unreachable; DV3007 platform; DV3016 disk full.</exception>
    Task<ImageSight> ResolveImageAsync(ImageRequest request, CancellationToken ct);

    /// <summary>Builds an image. Harmless to repeat: equal input gives an equal image, mostly from the cache.</summary>
    /// <exception cref="ProblemException">DV3017 a step failed; DV3025 took too long; DV3026 cannot build this here; DV3034 the context is unusable.</exception>
    Task<BuildOutcome> BuildImageAsync(BuildSpec spec, LogSink sink, CancellationToken ct);

    /// <summary>Removes the reference, and the image with its last one. Unknown is fine.</summary>
    /// <exception cref="ProblemException">DV3033 an instance uses it; nothing was removed.</exception>
    Task RemoveImageAsync(string reference, CancellationToken ct);

    /// <summary>
    /// Every image of the runtime, whoever made it, with the containers of whomever that are made from it: what must stay can
    /// only be told from all of them. Reads only.
    /// </summary>
    Task<ImmutableArray<StoredImage>> ImagesAsync(CancellationToken ct);

    /// <summary>Sockets on which processes of a running instance listen; null where the driver cannot see them. Reads only.</summary>
    Task<ImmutableArray<ListeningSocket>?> ListeningSocketsAsync(string name, CancellationToken ct);

    /// <summary>A tar stream of a path of an instance, whether or not it runs. Reads only.</summary>
    /// <exception cref="ProblemException">DV3020 the instance or the path is unknown.</exception>
    Task<Stream> ReadArchiveAsync(string name, string path, CancellationToken ct);

    /// <summary>Unpacks a tar stream below a directory of an instance, with the owners it names. Harmless to repeat: the same files are written again.</summary>
    /// <exception cref="ProblemException">DV3020 the instance or the directory is unknown.</exception>
    Task WriteArchiveAsync(string name, string directory, Stream tar, CancellationToken ct);

    /// <summary>What images, instances, volumes and the build cache occupy. Reads only.</summary>
    Task<DiskUsage> DiskUsageAsync(CancellationToken ct);
}
