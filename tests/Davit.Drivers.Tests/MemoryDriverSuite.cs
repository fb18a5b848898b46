using Davit.Drivers.Compliance;

namespace Davit.Drivers.Tests;

public sealed class MemoryLifecycle : LifecycleCompliance
{
    protected override ValueTask<DriverBed> MakeBedAsync() => new(new MemoryBed());
}

public sealed class MemoryStates : StateCompliance
{
    protected override ValueTask<DriverBed> MakeBedAsync() => new(new MemoryBed());
}

public sealed class MemoryProcesses : ProcessCompliance
{
    protected override ValueTask<DriverBed> MakeBedAsync() => new(new MemoryBed());
}

public sealed class MemoryLogs : LogCompliance
{
    protected override ValueTask<DriverBed> MakeBedAsync() => new(new MemoryBed());
}

public sealed class MemoryExec : ExecCompliance
{
    protected override ValueTask<DriverBed> MakeBedAsync() => new(new MemoryBed());
}

public sealed class MemoryNetworks : NetworkCompliance
{
    protected override ValueTask<DriverBed> MakeBedAsync() => new(new MemoryBed());
}

public sealed class MemoryStorage : StorageCompliance
{
    protected override ValueTask<DriverBed> MakeBedAsync() => new(new MemoryBed());
}

public sealed class MemoryImages : ImageCompliance
{
    protected override ValueTask<DriverBed> MakeBedAsync() => new(new MemoryBed());
}

public sealed class MemoryHooks : HookCompliance
{
    protected override ValueTask<DriverBed> MakeBedAsync() => new(new MemoryBed());
}
