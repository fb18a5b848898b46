using Davit.Drivers.Instances;
using Davit.Planning.Instances;

namespace Davit.Drivers.Compliance;

/// <summary>What an author wants done at moments of an instance's life.</summary>
public abstract class HookCompliance : DriverCompliance
{
    [Fact]
    public async Task Commands_before_the_start_run_in_order_in_the_instances_own_file_system()
    {
        Needs(DriverCapabilities.RealProcesses);
        var spec = Bed.Spec(new Workload.Script("cat /made; echo $WHO; cat /etc/greeting; exec sleep 86400")) with
        {
            Hooks = new() { Prestart = [Shell("echo one > /made"), Shell("echo two $WHO >> /made; cat /etc/greeting >> /made; rm /bin/wget")] },
            Files = [new("/etc/greeting", new FileContent.Plain([.. "ahoy\n"u8]))],
        };
        spec = spec with { Process = spec.Process with { Environment = EquatableMap.Of(("WHO", "me")) } };

        var sight = await RunAsync(spec);

        sight.Image.ShouldBe(spec.Image);
        sight.SpecHash.ShouldBe(spec.SpecHash);
        sight.Owner.ShouldBe(spec.Owner);
        (await EventuallyAsync(() => LogsAsync(spec.Name), l => l.Count >= 5)).Select(l => l.Text).ShouldBe(["one", "two me", "ahoy", "me", "ahoy"]);
        (await ExecAsync(spec.Name, "ls", "/bin/wget")).Code.ShouldNotBe(0);
        (await Driver.CreateInstanceAsync(spec, Ct)).RuntimeId.ShouldBe(sight.RuntimeId);
        (await Driver.ObserveAsync(Bed.All, Ct)).Instances.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_was_prepared_goes_with_the_instance()
    {
        Needs(DriverCapabilities.RealProcesses);
        var spec = Bed.Spec(new Workload.Idles()) with { Hooks = new() { Prestart = [Shell("true")] } };
        await RunAsync(spec);
        (await Driver.ObserveAsync(Bed.All, Ct)).Images.ShouldHaveSingleItem();

        await Driver.RemoveInstanceAsync(spec.Name, Ct);

        (await Driver.ObserveAsync(Bed.All, Ct)).Images.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_command_before_the_start_that_fails_makes_no_instance_and_leaves_nothing()
    {
        Needs(DriverCapabilities.RealProcesses);
        var spec = Bed.Spec(new Workload.Idles()) with { Hooks = new() { Prestart = [Shell("true"), Shell("seq 30; echo no luck >&2; exit 7")] } };

        var problem = await ProblemOfAsync(() => Driver.CreateInstanceAsync(spec, Ct));

        problem.Name.ShouldBe("prestart-failed");
        problem.Detail.ShouldContain("ended with 7");
        problem.Detail.ShouldContain("no luck");
        problem.Detail.ShouldContain("\n30\n");
        problem.Detail.ShouldNotContain("\n10\n");
        var sight = await Driver.ObserveAsync(Bed.All, Ct);
        sight.Instances.ShouldBeEmpty();
        sight.Images.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_command_after_the_start_runs_inside_with_its_own_user_directory_and_environment()
    {
        Needs(DriverCapabilities.RealProcesses);
        var hook = Shell("echo $(id -u) $PWD $WHO > /tmp/hooked") with { User = "7", WorkingDirectory = "/var", Environment = EquatableMap.Of(("WHO", "them")) };
        var spec = Bed.Spec(new Workload.Idles()) with { Hooks = new() { PostStart = [Shell("chmod 777 /tmp"), hook] } };

        await RunAsync(spec);

        (await ExecAsync(spec.Name, "cat", "/tmp/hooked")).Output.ShouldBe("7 /var them\n");
    }

    [Fact]
    public async Task A_command_after_the_start_that_fails_stops_the_instance()
    {
        Needs(DriverCapabilities.RealProcesses);
        var spec = Bed.Spec(new Workload.Idles()) with { Hooks = new() { PostStart = [Shell("echo sorry; exit 3")] }, Restart = new(RestartKind.UnlessStopped) };
        await Driver.CreateInstanceAsync(spec, Ct);

        var problem = await ProblemOfAsync(() => Driver.StartInstanceAsync(spec.Name, Ct));

        problem.Name.ShouldBe("hook-failed");
        problem.Detail.ShouldContain("ended with 3");
        problem.Detail.ShouldContain("sorry");
        (await LookAsync(spec.Name)).State.ShouldBeOfType<InstanceState.Exited>();
    }

    [Fact]
    public async Task Commands_before_the_stop_run_while_the_instance_does_and_a_new_driver_knows_them()
    {
        Needs(DriverCapabilities.RealProcesses | DriverCapabilities.Volumes);
        var volume = new VolumeSpec(Bed.Name("vol"), Bed.Owner with { Service = null });
        await Driver.EnsureVolumeAsync(volume, Ct);
        var spec = Bed.Spec(new Workload.Idles()) with
        {
            Mounts = [new MountSpec.Volume(volume.Name, "/data")],
            Hooks = new() { PreStop = [Shell("exit 1"), Shell("echo bye $(ps | grep -c 'sleep 8640[0]') > /data/said")] },
        };
        await RunAsync(spec);

        await Bed.Open().StopInstanceAsync(spec.Name, null, Ct);

        (await LookAsync(spec.Name)).State.ShouldBeOfType<InstanceState.Exited>();
        var reader = Bed.Spec(new Workload.Script("cat /data/said")) with { Mounts = spec.Mounts };
        (await OutputOfAsync(reader)).ShouldStartWith("bye");
    }

    [Fact]
    public async Task A_command_before_the_stop_that_hangs_costs_no_more_than_the_grace_period()
    {
        Needs(DriverCapabilities.RealProcesses);
        var spec = Bed.Spec(new Workload.Idles()) with { Hooks = new() { PreStop = [Shell("sleep 600")] } };
        await RunAsync(spec);
        var begun = TimeProvider.System.GetTimestamp();

        await Driver.StopInstanceAsync(spec.Name, TimeSpan.FromSeconds(2), Ct);

        TimeProvider.System.GetElapsedTime(begun).ShouldBeLessThan(TimeSpan.FromSeconds(20));
        (await LookAsync(spec.Name)).State.ShouldBeOfType<InstanceState.Exited>();
    }

    [Fact]
    public async Task A_one_off_of_the_same_spec_runs_none_of_them()
    {
        Needs(DriverCapabilities.RealProcesses);
        var spec = Bed.Spec(new Workload.Script("echo done")) with { Hooks = new() { Prestart = [Shell("exit 1")], PostStart = [Shell("exit 1")] } };

        (await OutputOfAsync(spec)).ShouldBe("done");
    }

    private static HookSpec Shell(string script) => new(["sh", "-c", script]);
}
