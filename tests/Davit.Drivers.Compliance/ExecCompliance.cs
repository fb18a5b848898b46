using System.Security.Cryptography;
using System.Text;
using Davit.Drivers.Exec;
using Davit.Planning.Instances;

namespace Davit.Drivers.Compliance;

public abstract class ExecCompliance : DriverCompliance
{
    private const int HundredMegabytes = 100 * 1024 * 1024;

    [Fact]
    public async Task A_hundred_megabytes_go_in_and_come_back_unchanged()
    {
        Needs(DriverCapabilities.Exec);
        var spec = Bed.Spec(new Workload.Idles());
        await RunAsync(spec);
        var sent = new byte[HundredMegabytes];
        RandomNumberGenerator.Fill(sent);
        await using var session = await Driver.ExecAsync(spec.Name, new ExecSpec(["cat"]) { Stdin = true }, Ct);

        var writing = Task.Run(
            async () =>
            {
                for (var at = 0; at < sent.Length; at += 64 * 1024)
                    await session.WriteAsync(sent.AsMemory(at, Math.Min(64 * 1024, sent.Length - at)), Ct);
                await session.CloseInputAsync(Ct);
            },
            Ct);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[32 * 1024];
        var total = 0L;
        for (var read = await session.ReadAsync(buffer, Ct); read.Count > 0; read = await session.ReadAsync(buffer, Ct))
        {
            hash.AppendData(buffer, 0, read.Count);
            total += read.Count;
        }

        await writing;
        total.ShouldBe(sent.Length);
        hash.GetHashAndReset().ShouldBe(SHA256.HashData(sent));
        (await session.WaitAsync(Ct)).ShouldBe(0);
    }

    [Theory]
    [InlineData("true", 0)]
    [InlineData("false", 1)]
    public async Task The_exit_code_is_passed_on(string command, int expected)
    {
        Needs(DriverCapabilities.Exec);
        var spec = Bed.Spec(new Workload.Idles());
        await RunAsync(spec);

        (await ExecAsync(spec.Name, command)).Code.ShouldBe(expected);
    }

    [Fact]
    public async Task Output_and_errors_are_apart_and_the_code_is_any()
    {
        Needs(DriverCapabilities.RealProcesses);
        var spec = Bed.Spec(new Workload.Idles());
        await RunAsync(spec);

        (await ExecAsync(spec.Name, "sh", "-c", "echo out; echo err >&2; exit 77")).ShouldBe((77, "out\n", "err\n"));
    }

    [Fact]
    public async Task Environment_user_and_directory_are_as_asked()
    {
        Needs(DriverCapabilities.RealProcesses);
        var spec = Bed.Spec(new Workload.Idles());
        await RunAsync(spec);
        await using var session = await Driver.ExecAsync(
            spec.Name,
            new ExecSpec(["sh", "-c", "echo \"$(id -u) $(pwd) $CARGO\""]) { User = "99", WorkingDirectory = "/tmp", Environment = EquatableMap.Of(("CARGO", "a 'b' $c")) },
            Ct);

        var buffer = new byte[1024];
        var read = await session.ReadAsync(buffer, Ct);

        Encoding.UTF8.GetString(buffer, 0, read.Count).ShouldBe("99 /tmp a 'b' $c\n");
    }

    [Fact]
    public async Task A_command_that_is_not_there_is_named_as_such()
    {
        Needs(DriverCapabilities.Exec);
        var spec = Bed.Spec(new Workload.Idles());
        await RunAsync(spec);

        var problem = await ProblemOfAsync(() => Driver.ExecAsync(spec.Name, new ExecSpec(["/no/such/program"]), Ct));

        problem.Name.ShouldBe("command-not-found");
    }

    [Fact]
    public async Task Nothing_is_executed_in_what_does_not_run()
    {
        Needs(DriverCapabilities.Exec);
        var spec = Bed.Spec(new Workload.Idles());
        await Driver.CreateInstanceAsync(spec, Ct);

        (await ProblemOfAsync(() => Driver.ExecAsync(spec.Name, new ExecSpec(["true"]), Ct))).Name.ShouldBe("instance-not-running");
        (await ProblemOfAsync(() => Driver.ExecAsync(Bed.Name(), new ExecSpec(["true"]), Ct))).Name.ShouldBe("instance-not-found");
    }

    [Fact]
    public async Task A_terminal_has_the_size_it_is_given()
    {
        Needs(DriverCapabilities.Terminal | DriverCapabilities.RealProcesses);
        var spec = Bed.Spec(new Workload.Idles());
        await RunAsync(spec);
        await using var session = await Driver.ExecAsync(spec.Name, new ExecSpec(["sh"]) { Stdin = true, Terminal = new(100, 30) }, Ct);

        await session.WriteAsync("stty size\n"u8.ToArray(), Ct);
        await ReadUntilAsync(session, "30 100");
        await session.ResizeAsync(new(132, 43), Ct);
        await session.WriteAsync("stty size; exit 3\n"u8.ToArray(), Ct);
        await ReadUntilAsync(session, "43 132");

        (await session.WaitAsync(Ct)).ShouldBe(3);
    }

    [Fact]
    public async Task Keys_that_mean_detach_to_the_engine_reach_the_process()
    {
        Needs(DriverCapabilities.Terminal | DriverCapabilities.RealProcesses);
        var spec = Bed.Spec(new Workload.Idles());
        await RunAsync(spec);
        await using var session = await Driver.ExecAsync(
            spec.Name, new ExecSpec(["sh", "-c", "stty raw -echo; echo ready; head -c 2 | od -An -tx1"]) { Stdin = true, Terminal = new(80, 24) }, Ct);

        await ReadUntilAsync(session, "ready");
        await session.WriteAsync(new byte[] { 0x10, 0x11 }, Ct);

        await ReadUntilAsync(session, "10 11");
    }

    [Fact]
    public async Task A_signal_reaches_the_process()
    {
        Needs(DriverCapabilities.RealProcesses);
        var spec = Bed.Spec(new Workload.Idles());
        await RunAsync(spec);
        await using var session = await Driver.ExecAsync(spec.Name, new ExecSpec(["sh", "-c", "trap 'echo caught; exit 9' INT; echo ready; while :; do sleep 0.05; done"]), Ct);
        await ReadUntilAsync(session, "ready");

        Assert.SkipUnless(await session.SignalAsync("INT", Ct), "the runtime is on another machine");

        await ReadUntilAsync(session, "caught");
        (await session.WaitAsync(Ct)).ShouldBe(9);
    }

    [Fact]
    public async Task Several_sessions_do_not_mix()
    {
        Needs(DriverCapabilities.RealProcesses);
        var spec = Bed.Spec(new Workload.Idles());
        await RunAsync(spec);

        var outputs = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => ExecAsync(spec.Name, "sh", "-c", $"for n in 1 2 3; do echo {i}; done; exit {i}")));

        for (var i = 0; i < outputs.Length; i++)
            outputs[i].ShouldBe((i, $"{i}\n{i}\n{i}\n", ""));
    }

    private static async Task ReadUntilAsync(IExecSession session, string expected)
    {
        var seen = new StringBuilder();
        var buffer = new byte[4096];
        while (!seen.ToString().Contains(expected, StringComparison.Ordinal))
        {
            var read = await session.ReadAsync(buffer, Ct);
            read.Count.ShouldBeGreaterThan(0, $"it ended after: {seen}");
            seen.Append(Encoding.UTF8.GetString(buffer, 0, read.Count));
        }
    }
}
