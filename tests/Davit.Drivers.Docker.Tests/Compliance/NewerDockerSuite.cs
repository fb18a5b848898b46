using Davit.Drivers.Compliance;
using Davit.Drivers.Docker.Engine;

namespace Davit.Drivers.Docker.Tests.Compliance;

/// <summary>A second, newer engine that is already running, by the path of its socket.</summary>
internal static class NewerEngine
{
    public const string Variable = "DAVIT_TEST_ENGINE_NEW";

    public static DriverBed MakeBed()
    {
        var socket = Environment.GetEnvironmentVariable(Variable);
        Assert.SkipWhen(string.IsNullOrEmpty(socket), $"{Variable} names no socket");
        return new DockerBed(new EngineEndpoint($"unix://{socket}"));
    }
}

public sealed class NewerDockerLifecycle : LifecycleCompliance
{
    protected override DriverBed MakeBed() => NewerEngine.MakeBed();
}

public sealed class NewerDockerStates : StateCompliance
{
    protected override DriverBed MakeBed() => NewerEngine.MakeBed();
}

public sealed class NewerDockerProcesses : ProcessCompliance
{
    protected override DriverBed MakeBed() => NewerEngine.MakeBed();
}

public sealed class NewerDockerLogs : LogCompliance
{
    protected override DriverBed MakeBed() => NewerEngine.MakeBed();
}

public sealed class NewerDockerExec : ExecCompliance
{
    protected override DriverBed MakeBed() => NewerEngine.MakeBed();
}

public sealed class NewerDockerNetworks : NetworkCompliance
{
    protected override DriverBed MakeBed() => NewerEngine.MakeBed();
}

public sealed class NewerDockerStorage : StorageCompliance
{
    protected override DriverBed MakeBed() => NewerEngine.MakeBed();
}

public sealed class NewerDockerImages : ImageCompliance
{
    protected override DriverBed MakeBed() => NewerEngine.MakeBed();
}
