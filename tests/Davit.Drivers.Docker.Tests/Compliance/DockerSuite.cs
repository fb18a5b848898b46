using Davit.Drivers.Compliance;

namespace Davit.Drivers.Docker.Tests.Compliance;

public sealed class DockerLifecycle : LifecycleCompliance
{
    protected override ValueTask<DriverBed> MakeBedAsync() => new(new DockerBed());
}

public sealed class DockerStates : StateCompliance
{
    protected override ValueTask<DriverBed> MakeBedAsync() => new(new DockerBed());
}

public sealed class DockerProcesses : ProcessCompliance
{
    protected override ValueTask<DriverBed> MakeBedAsync() => new(new DockerBed());
}

public sealed class DockerLogs : LogCompliance
{
    protected override ValueTask<DriverBed> MakeBedAsync() => new(new DockerBed());
}

public sealed class DockerExec : ExecCompliance
{
    protected override ValueTask<DriverBed> MakeBedAsync() => new(new DockerBed());
}

public sealed class DockerNetworks : NetworkCompliance
{
    protected override ValueTask<DriverBed> MakeBedAsync() => new(new DockerBed());
}

public sealed class DockerStorage : StorageCompliance
{
    protected override ValueTask<DriverBed> MakeBedAsync() => new(new DockerBed());
}

public sealed class DockerImages : ImageCompliance
{
    protected override ValueTask<DriverBed> MakeBedAsync() => new(new DockerBed());
}

public sealed class DockerHooks : HookCompliance
{
    protected override ValueTask<DriverBed> MakeBedAsync() => new(new DockerBed());
}
