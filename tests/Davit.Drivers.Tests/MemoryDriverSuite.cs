using Davit.Drivers.Compliance;

namespace Davit.Drivers.Tests;

public sealed class MemoryLifecycle : LifecycleCompliance
{
    protected override DriverBed MakeBed() => new MemoryBed();
}

public sealed class MemoryStates : StateCompliance
{
    protected override DriverBed MakeBed() => new MemoryBed();
}

public sealed class MemoryProcesses : ProcessCompliance
{
    protected override DriverBed MakeBed() => new MemoryBed();
}

public sealed class MemoryLogs : LogCompliance
{
    protected override DriverBed MakeBed() => new MemoryBed();
}

public sealed class MemoryExec : ExecCompliance
{
    protected override DriverBed MakeBed() => new MemoryBed();
}

public sealed class MemoryNetworks : NetworkCompliance
{
    protected override DriverBed MakeBed() => new MemoryBed();
}

public sealed class MemoryStorage : StorageCompliance
{
    protected override DriverBed MakeBed() => new MemoryBed();
}

public sealed class MemoryImages : ImageCompliance
{
    protected override DriverBed MakeBed() => new MemoryBed();
}
