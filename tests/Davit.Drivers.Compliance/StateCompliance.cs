using Davit.Drivers.Instances;
using Davit.Drivers.Events;
using Davit.Model;

namespace Davit.Drivers.Compliance;

/// <summary>What is seen: ownership, states, health, exits, events, statistics.</summary>
public abstract class StateCompliance : DriverCompliance
{
    [Fact]
    public async Task The_owner_is_read_back_whole()
    {
        var spec = Bed.Spec(new Workload.Idles());
        spec = spec with { Owner = spec.Owner with { Deployment = Id.New<DeploymentId>(TimeProvider.System) } };

        await Driver.CreateInstanceAsync(spec, Ct);

        var sight = await LookAsync(spec.Name);
        sight.Owner.ShouldBe(spec.Owner);
        sight.SpecHash.ShouldBe(spec.SpecHash);
        sight.Image.ShouldBe(spec.Image);
        sight.ImageDigest.ShouldStartWith("sha256:");
    }

    [Fact]
    public async Task A_sight_is_narrowed_by_env_and_service()
    {
        var here = Bed.Spec(new Workload.Idles());
        var otherEnv = Bed.Spec(new Workload.Idles());
        otherEnv = otherEnv with { Owner = otherEnv.Owner with { Env = Id.New<EnvId>(TimeProvider.System) } };
        var otherService = Bed.Spec(new Workload.Idles());
        otherService = otherService with { Owner = otherService.Owner with { Service = "worker" } };
        foreach (var spec in new[] { here, otherEnv, otherService })
            await Driver.CreateInstanceAsync(spec, Ct);

        (await Driver.ObserveAsync(Bed.All, Ct)).Instances.Length.ShouldBe(3);
        (await Driver.ObserveAsync(Bed.All with { Env = Bed.Owner.Env }, Ct)).Instances.Length.ShouldBe(2);
        (await Driver.ObserveAsync(Bed.All with { Env = Bed.Owner.Env, Service = "web" }, Ct)).Instances.ShouldHaveSingleItem().Name.ShouldBe(here.Name);
    }

    [Fact]
    public async Task A_sight_of_nothing_is_empty_and_says_when()
    {
        var before = TimeProvider.System.GetUtcNow();

        var sight = await Driver.ObserveAsync(Bed.All, Ct);

        sight.Instances.ShouldBeEmpty();
        sight.Networks.ShouldBeEmpty();
        sight.Volumes.ShouldBeEmpty();
        sight.SeenAt.ShouldBeGreaterThanOrEqualTo(before);
    }

    [Fact]
    public async Task Objects_of_another_installation_are_neither_seen_nor_touched()
    {
        var stranger = Id.New<InstallationId>(TimeProvider.System);
        var theirs = Bed.Open(stranger);
        var spec = Bed.Spec(new Workload.Idles());
        spec = spec with { Owner = spec.Owner with { Installation = stranger } };
        await theirs.CreateInstanceAsync(spec, Ct);
        await theirs.StartInstanceAsync(spec.Name, Ct);
        try
        {
            (await Driver.ObserveAsync(Bed.All, Ct)).Instances.ShouldBeEmpty();
            await Driver.StopInstanceAsync(spec.Name, TimeSpan.Zero, Ct);
            await Driver.RemoveInstanceAsync(spec.Name, Ct);
            (await ProblemOfAsync(() => Driver.StartInstanceAsync(spec.Name, Ct))).Name.ShouldBe("instance-not-found");
            (await ProblemOfAsync(() => Driver.CreateInstanceAsync(spec with { Owner = Bed.Owner }, Ct))).Name.ShouldBe("name-taken");

            (await theirs.ObserveAsync(new(stranger), Ct)).Instances.ShouldHaveSingleItem().State.ShouldBeOfType<InstanceState.Running>();
        }
        finally
        {
            await DriverBed.ClearAsync(theirs, new(stranger));
        }
    }

    [Fact]
    public async Task The_exit_code_is_seen()
    {
        var spec = Bed.Spec(new Workload.Prints(["bye"], 42));
        await RunAsync(spec);

        var sight = await EventuallyAsync(() => LookAsync(spec.Name), s => s.State is InstanceState.Exited);

        var end = sight.State.ShouldBeOfType<InstanceState.Exited>();
        end.ExitCode.ShouldBe(42);
        end.FinishedAt.ShouldBeGreaterThan(end.StartedAt.ShouldNotBeNull().AddSeconds(-1));
    }

    [Fact]
    public async Task A_kill_for_memory_is_seen()
    {
        Needs(DriverCapabilities.ResourceLimits);
        var spec = Bed.Spec(new Workload.Overeats());
        await RunAsync(spec);

        var end = await Driver.WaitInstanceAsync(spec.Name, Ct);

        end.ShouldNotBeNull().OomKilled.ShouldBeTrue();
        end.ExitCode.ShouldBe(137);
    }

    [Theory]
    [InlineData(true, HealthVerdict.Healthy)]
    [InlineData(false, HealthVerdict.Unhealthy)]
    public async Task Health_is_followed(bool isHealthy, HealthVerdict expected)
    {
        Needs(DriverCapabilities.HealthChecks);
        var spec = Bed.Spec(new Workload.Idles { IsHealthy = isHealthy });
        spec = spec with
        {
            Health = new([.. isHealthy ? new[] { "CMD", "true" } : ["CMD", "false"]])
            {
                Interval = TimeSpan.FromMilliseconds(100),
                Timeout = TimeSpan.FromSeconds(5),
                Retries = 2,
            },
        };
        await RunAsync(spec);

        await EventuallyAsync(() => LookAsync(spec.Name), s => s.State is InstanceState.Running r && r.Health == expected);
    }

    [Fact]
    public async Task Without_a_check_there_is_no_verdict() =>
        (await RunAsync(Bed.Spec(new Workload.Idles()))).State.ShouldBeOfType<InstanceState.Running>().Health.ShouldBe(HealthVerdict.None);

    [Fact]
    public async Task Events_wake_whoever_waits()
    {
        var spec = Bed.Spec(new Workload.Idles());
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var woken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var listener = Task.Run(
            async () =>
            {
                await foreach (var hint in Driver.EventsAsync(Bed.All, stop.Token))
                {
                    if (hint.Kind is RuntimeEventKind.Instance && hint.Name == spec.Name)
                        woken.TrySetResult();
                }
            },
            Ct);

        await Driver.CreateInstanceAsync(spec, Ct);
        await EventuallyAsync(
            async () =>
            {
                await Driver.StartInstanceAsync(spec.Name, Ct);
                await Driver.StopInstanceAsync(spec.Name, TimeSpan.Zero, Ct);
                return woken.Task.IsCompleted;
            },
            isWoken => isWoken);

        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => listener);
    }

    [Fact]
    public async Task Statistics_come_while_it_runs()
    {
        var spec = Bed.Spec(new Workload.Idles());
        await RunAsync(spec);

        await foreach (var sample in Driver.StatsAsync(spec.Name, Ct))
        {
            sample.MemoryBytes.ShouldBeGreaterThan(0);
            sample.Pids.ShouldBeGreaterThan(0);
            return;
        }

        Assert.Fail("no sample came");
    }

    [Fact]
    public async Task The_runtime_says_what_it_is()
    {
        var facts = await Driver.DescribeAsync(Ct);

        facts.Version.ShouldNotBeEmpty();
        facts.Os.ShouldBe("linux");
        facts.Architecture.ShouldBeOneOf("amd64", "arm64");
        facts.Size.Cpus.ShouldBeGreaterThan(0);
        facts.Size.MemoryBytes.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Listening_sockets_are_seen_with_their_address()
    {
        Needs(DriverCapabilities.ListeningSockets | DriverCapabilities.RealProcesses);
        var spec = Bed.Spec(new Workload.Script("httpd -f -p 127.0.0.1:7001 & httpd -f -p 7002 & wait"));
        await RunAsync(spec);

        var sockets = await EventuallyAsync(() => Driver.ListeningSocketsAsync(spec.Name, Ct), s => s is { Length: >= 2 });

        sockets!.Value.ShouldContain(s => s.Port == 7001 && s.IsLoopback);
        sockets.Value.ShouldContain(s => s.Port == 7002 && !s.IsLoopback);
    }

    [Fact]
    public async Task Disk_usage_is_told() => (await Driver.DiskUsageAsync(Ct)).ImageBytes.ShouldBeGreaterThanOrEqualTo(0);
}
