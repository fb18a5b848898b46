using Davit.Drivers.Compliance;

namespace Davit.Drivers.Docker.Tests.Compliance;

public sealed class DockerLifecycle : LifecycleCompliance
{
    protected override DriverBed MakeBed() => new DockerBed();
}

public sealed class DockerStates : StateCompliance
{
    protected override DriverBed MakeBed() => new DockerBed();
}

public sealed class DockerProcesses : ProcessCompliance
{
    protected override DriverBed MakeBed() => new DockerBed();
}

public sealed class DockerLogs : LogCompliance
{
    protected override DriverBed MakeBed() => new DockerBed();
}

public sealed class DockerExec : ExecCompliance
{
    protected override DriverBed MakeBed() => new DockerBed();
}

public sealed class DockerNetworks : NetworkCompliance
{
    protected override DriverBed MakeBed() => new DockerBed();
}

public sealed class DockerStorage : StorageCompliance
{
    protected override DriverBed MakeBed() => new DockerBed();
}

public sealed class DockerImages : ImageCompliance
{
    protected override DriverBed MakeBed() => new DockerBed();
}
