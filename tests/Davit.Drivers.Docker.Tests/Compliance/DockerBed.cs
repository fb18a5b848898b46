using Davit.Drivers.Compliance;
using Davit.Drivers.Docker.Engine;
using Davit.Model;
using Davit.Planning.Instances;

namespace Davit.Drivers.Docker.Tests.Compliance;

/// <summary>The real engine of DOCKER_HOST, or of the socket a test names.</summary>
internal sealed class DockerBed(EngineEndpoint? endpoint = null) : DriverBed
{
    public const string Shell = "busybox:1";

    public EngineEndpoint Endpoint { get; } = endpoint ?? EngineEndpoint.FromEnvironment();

    public override string KnownImage => Shell;

    public override InstanceSpec Shape(InstanceSpec spec, Workload workload) => spec with
    {
        Image = Shell,
        Process = spec.Process with { Init = true, StopGrace = TimeSpan.FromSeconds(5), Command = Command(workload) },
        Resources = workload is Workload.Overeats ? new() { MemoryBytes = 16 << 20, MemorySwapBytes = 16 << 20 } : new(),
    };

    protected override IRuntimeDriver Make(InstallationId installation) => new DockerDriver(new(installation) { Endpoint = Endpoint, SecretsDirectory = Secrets }, TimeProvider.System);

    protected override void Release()
    {
        if (Directory.Exists(Secrets))
            Directory.Delete(Secrets, recursive: true);
    }

    private string Secrets => $"/dev/shm/davit-test-{Id.Tail(Owner.Installation)}";

    private static EquatableList<string> Command(Workload workload) => workload switch
    {
        Workload.Idles => ["sleep", "86400"],
        Workload.Prints prints => ["sh", "-c", $"for line in \"$@\"; do printf '%s\\n' \"$line\"{(prints.Channel is OutputChannel.Stderr ? " >&2" : "")}; done; {(prints.ExitCode is { } code ? $"exit {code}" : "sleep 86400")}", "sh", .. prints.Lines],

        // The container outlives the victim by a moment: an engine forgets the kernel's notice when the container is gone before it is read.
        Workload.Overeats => ["sh", "-c", "tail /dev/zero; code=$?; sleep 1; exit $code"],
        Workload.Script script => ["sh", "-c", script.Text],
    };
}
