using Davit.Drivers.Compliance;
using Davit.Drivers.Docker.Tests.Engines;

namespace Davit.Drivers.Docker.Tests.Compliance;

public sealed class NewerDockerLifecycle(NewerEngine engine) : LifecycleCompliance
{
    protected override ValueTask<DriverBed> MakeBedAsync() => engine.MakeBedAsync();
}

public sealed class NewerDockerStates(NewerEngine engine) : StateCompliance
{
    protected override ValueTask<DriverBed> MakeBedAsync() => engine.MakeBedAsync();
}

public sealed class NewerDockerProcesses(NewerEngine engine) : ProcessCompliance
{
    protected override ValueTask<DriverBed> MakeBedAsync() => engine.MakeBedAsync();
}

public sealed class NewerDockerLogs(NewerEngine engine) : LogCompliance
{
    protected override ValueTask<DriverBed> MakeBedAsync() => engine.MakeBedAsync();
}

public sealed class NewerDockerExec(NewerEngine engine) : ExecCompliance
{
    protected override ValueTask<DriverBed> MakeBedAsync() => engine.MakeBedAsync();
}

public sealed class NewerDockerNetworks(NewerEngine engine) : NetworkCompliance
{
    protected override ValueTask<DriverBed> MakeBedAsync() => engine.MakeBedAsync();
}

public sealed class NewerDockerStorage(NewerEngine engine) : StorageCompliance
{
    protected override ValueTask<DriverBed> MakeBedAsync() => engine.MakeBedAsync();
}

public sealed class NewerDockerImages(NewerEngine engine) : ImageCompliance
{
    protected override ValueTask<DriverBed> MakeBedAsync() => engine.MakeBedAsync();
}

public sealed class NewerDockerHooks(NewerEngine engine) : HookCompliance
{
    protected override ValueTask<DriverBed> MakeBedAsync() => engine.MakeBedAsync();
}
