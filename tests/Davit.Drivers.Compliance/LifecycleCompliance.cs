using Davit.Drivers.Instances;

namespace Davit.Drivers.Compliance;

public abstract class LifecycleCompliance : DriverCompliance
{
    [Fact]
    public async Task A_created_instance_exists_and_does_not_run()
    {
        var spec = Bed.Spec(new Workload.Idles());

        var sight = await Driver.CreateInstanceAsync(spec, Ct);

        sight.State.ShouldBeOfType<InstanceState.Created>();
        sight.Name.ShouldBe(spec.Name);
        (await LookAsync(spec.Name)).State.ShouldBeOfType<InstanceState.Created>();
    }

    [Fact]
    public async Task Creating_an_instance_twice_creates_it_once()
    {
        var spec = Bed.Spec(new Workload.Idles());

        var first = await Driver.CreateInstanceAsync(spec, Ct);
        var second = await Driver.CreateInstanceAsync(spec, Ct);

        second.RuntimeId.ShouldBe(first.RuntimeId);
        (await Driver.ObserveAsync(Bed.All, Ct)).Instances.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Creating_the_same_instance_at_once_from_two_drivers_creates_it_once()
    {
        var spec = Bed.Spec(new Workload.Idles());
        var other = Bed.Open();

        var made = await Task.WhenAll(Driver.CreateInstanceAsync(spec, Ct), other.CreateInstanceAsync(spec, Ct));

        made[0].RuntimeId.ShouldBe(made[1].RuntimeId);
    }

    [Fact]
    public async Task Starting_an_instance_twice_starts_it_once()
    {
        var spec = Bed.Spec(new Workload.Idles());

        var first = await RunAsync(spec);
        var second = await Driver.StartInstanceAsync(spec.Name, Ct);

        var started = first.State.ShouldBeOfType<InstanceState.Running>().StartedAt;
        second.State.ShouldBeOfType<InstanceState.Running>().StartedAt.ShouldBe(started);
        second.Pid.ShouldBe(first.Pid);
    }

    [Fact]
    public async Task Starting_an_unknown_instance_is_a_problem() =>
        (await ProblemOfAsync(() => Driver.StartInstanceAsync(Bed.Name(), Ct))).Name.ShouldBe("instance-not-found");

    [Fact]
    public async Task Stopping_stops_and_a_second_stop_is_fine()
    {
        var spec = Bed.Spec(new Workload.Idles());
        await RunAsync(spec);

        await Driver.StopInstanceAsync(spec.Name, TimeSpan.FromSeconds(5), Ct);
        await Driver.StopInstanceAsync(spec.Name, TimeSpan.FromSeconds(5), Ct);

        (await LookAsync(spec.Name)).State.ShouldBeOfType<InstanceState.Exited>();
    }

    [Fact]
    public async Task A_paused_instance_goes_on_where_it_was_and_both_can_be_repeated()
    {
        var spec = Bed.Spec(new Workload.Idles());
        var started = (await RunAsync(spec)).State.ShouldBeOfType<InstanceState.Running>().StartedAt;

        await Driver.PauseInstanceAsync(spec.Name, Ct);
        await Driver.PauseInstanceAsync(spec.Name, Ct);
        (await LookAsync(spec.Name)).State.ShouldBeOfType<InstanceState.Paused>().StartedAt.ShouldBe(started);
        await Driver.ResumeInstanceAsync(spec.Name, Ct);
        await Driver.ResumeInstanceAsync(spec.Name, Ct);
        (await LookAsync(spec.Name)).State.ShouldBeOfType<InstanceState.Running>().StartedAt.ShouldBe(started);

        await Driver.PauseInstanceAsync(spec.Name, Ct);
        await Driver.StopInstanceAsync(spec.Name, TimeSpan.FromSeconds(1), Ct);
        (await LookAsync(spec.Name)).State.ShouldBeOfType<InstanceState.Exited>();
        await Driver.PauseInstanceAsync(spec.Name, Ct);
        await Driver.ResumeInstanceAsync(spec.Name, Ct);
        (await LookAsync(spec.Name)).State.ShouldBeOfType<InstanceState.Exited>();
        await Driver.PauseInstanceAsync(Bed.Name(), Ct);
        await Driver.ResumeInstanceAsync(Bed.Name(), Ct);
    }

    [Fact]
    public async Task Stopping_an_unknown_instance_is_fine() => await Driver.StopInstanceAsync(Bed.Name(), null, Ct);

    [Fact]
    public async Task Stopping_a_created_instance_is_fine()
    {
        var spec = Bed.Spec(new Workload.Idles());
        await Driver.CreateInstanceAsync(spec, Ct);

        await Driver.StopInstanceAsync(spec.Name, null, Ct);

        (await LookAsync(spec.Name)).State.ShouldBeOfType<InstanceState.Created>();
    }

    [Fact]
    public async Task A_stopped_instance_starts_again()
    {
        var spec = Bed.Spec(new Workload.Idles());
        await RunAsync(spec);
        await Driver.StopInstanceAsync(spec.Name, TimeSpan.FromSeconds(5), Ct);

        (await Driver.StartInstanceAsync(spec.Name, Ct)).State.ShouldBeOfType<InstanceState.Running>();
    }

    [Fact]
    public async Task Removing_removes_a_running_instance_and_a_second_removal_is_fine()
    {
        var spec = Bed.Spec(new Workload.Idles());
        await RunAsync(spec);

        await Driver.RemoveInstanceAsync(spec.Name, Ct);
        await Driver.RemoveInstanceAsync(spec.Name, Ct);

        (await Driver.ObserveAsync(Bed.All, Ct)).Instances.ShouldBeEmpty();
    }

    [Fact]
    public async Task Removing_an_unknown_instance_is_fine() => await Driver.RemoveInstanceAsync(Bed.Name(), Ct);

    [Fact]
    public async Task A_removed_name_is_free_at_once()
    {
        var spec = Bed.Spec(new Workload.Idles());
        var first = await RunAsync(spec);
        await Driver.RemoveInstanceAsync(spec.Name, Ct);

        (await Driver.CreateInstanceAsync(spec, Ct)).RuntimeId.ShouldNotBe(first.RuntimeId);
    }

    [Fact]
    public async Task A_new_driver_adopts_what_runs_without_restarting_it()
    {
        var spec = Bed.Spec(new Workload.Idles());
        var before = await RunAsync(spec);
        await Driver.DisposeAsync();

        var after = await Bed.Open().CreateInstanceAsync(spec, Ct);

        after.RuntimeId.ShouldBe(before.RuntimeId);
        after.Pid.ShouldBe(before.Pid);
        after.State.ShouldBe(before.State);
    }

    [Fact]
    public async Task A_name_that_was_made_from_another_spec_is_not_adopted()
    {
        var spec = Bed.Spec(new Workload.Idles());
        await Driver.CreateInstanceAsync(spec, Ct);

        var problem = await ProblemOfAsync(() => Driver.CreateInstanceAsync(spec with { Process = spec.Process with { StopSignal = "SIGINT" } }, Ct));

        problem.Name.ShouldBe("name-taken");
        (await LookAsync(spec.Name)).SpecHash.ShouldBe(spec.SpecHash);
    }

    [Fact]
    public async Task Waiting_returns_the_exit()
    {
        var spec = Bed.Spec(new Workload.Prints(["done"], 7));
        await RunAsync(spec);

        var end = await Driver.WaitInstanceAsync(spec.Name, Ct);

        end.ShouldNotBeNull().ExitCode.ShouldBe(7);
        end.StartedAt.ShouldNotBeNull();
        end.OomKilled.ShouldBeFalse();
    }

    [Fact]
    public async Task Waiting_for_what_does_not_run_returns_nothing()
    {
        var spec = Bed.Spec(new Workload.Idles());
        await Driver.CreateInstanceAsync(spec, Ct);

        (await Driver.WaitInstanceAsync(spec.Name, Ct)).ShouldBeNull();
        (await Driver.WaitInstanceAsync(Bed.Name(), Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task Waiting_ends_when_the_caller_gives_up()
    {
        var spec = Bed.Spec(new Workload.Idles());
        await RunAsync(spec);
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        await Should.ThrowAsync<OperationCanceledException>(() => Driver.WaitInstanceAsync(spec.Name, patience.Token));
    }

    [Fact]
    public async Task Stopping_sends_the_signal_of_the_spec()
    {
        Needs(DriverCapabilities.RealProcesses);
        var spec = Bed.Spec(new Workload.Script("trap 'echo got USR1; exit 5' USR1; echo up; while :; do sleep 0.05; done"));
        spec = spec with { Process = spec.Process with { StopSignal = "SIGUSR1", StopGrace = TimeSpan.FromSeconds(20), Init = false } };
        await RunAsync(spec);
        await EventuallyAsync(() => LogsAsync(spec.Name), l => l.Count > 0);

        await Driver.StopInstanceAsync(spec.Name, null, Ct);

        (await LookAsync(spec.Name)).State.ShouldBeOfType<InstanceState.Exited>().ExitCode.ShouldBe(5);
        (await LogsAsync(spec.Name)).Select(l => l.Text).ShouldContain("got USR1");
    }

    [Fact]
    public async Task What_ignores_the_signal_is_killed_after_the_grace_period()
    {
        Needs(DriverCapabilities.RealProcesses);
        var spec = Bed.Spec(new Workload.Script("trap '' TERM; echo up; while :; do sleep 0.05; done"));
        await RunAsync(spec with { Process = spec.Process with { Init = false } });
        await EventuallyAsync(() => LogsAsync(spec.Name), l => l.Count > 0);
        var begun = TimeProvider.System.GetTimestamp();

        await Driver.StopInstanceAsync(spec.Name, TimeSpan.FromSeconds(1), Ct);

        TimeProvider.System.GetElapsedTime(begun).ShouldBeInRange(TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(8));
        (await LookAsync(spec.Name)).State.ShouldBeOfType<InstanceState.Exited>().ExitCode.ShouldBe(137);
    }

    [Fact]
    public async Task A_command_that_is_not_there_is_named_as_such()
    {
        Needs(DriverCapabilities.RealProcesses);
        var spec = Bed.Spec(new Workload.Idles());
        spec = spec with { Process = spec.Process with { Command = ["/no/such/program"], Init = false } };
        await Driver.CreateInstanceAsync(spec, Ct);

        var problem = await ProblemOfAsync(() => Driver.StartInstanceAsync(spec.Name, Ct));

        problem.Name.ShouldBe("command-not-found");
        problem.Detail.ShouldContain("/no/such/program");
    }

    [Fact]
    public async Task A_command_that_may_not_be_executed_is_named_as_such()
    {
        Needs(DriverCapabilities.RealProcesses);
        var spec = Bed.Spec(new Workload.Idles());
        spec = spec with { Process = spec.Process with { Command = ["/etc/passwd"], Init = false } };
        await Driver.CreateInstanceAsync(spec, Ct);

        (await ProblemOfAsync(() => Driver.StartInstanceAsync(spec.Name, Ct))).Name.ShouldBe("permission-denied");
    }

    [Fact]
    public async Task An_image_that_is_not_there_makes_no_instance()
    {
        var spec = Bed.Spec(new Workload.Idles()) with { Image = Bed.MissingImage };

        (await ProblemOfAsync(() => Driver.CreateInstanceAsync(spec, Ct))).Name.ShouldBe("image-not-found");

        (await Driver.ObserveAsync(Bed.All, Ct)).Instances.ShouldBeEmpty();
    }
}
