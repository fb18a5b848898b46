using Davit.Edge.Control;
using Davit.Edge.Tests.Support;
using Davit.Model;
using static Davit.Edge.Tests.Support.EdgeFixture;

namespace Davit.Edge.Tests;

/// <summary>The real executable, replaced by a new process while it serves.</summary>
public sealed class UpgradeTests : IAsyncLifetime
{
    private readonly string _data = NewDirectory();
    private Target _first = null!;
    private Target _second = null!;

    public async ValueTask InitializeAsync()
    {
        _first = await Target.StartAsync("first");
        _second = await Target.StartAsync("second");
    }

    public async ValueTask DisposeAsync()
    {
        await _first.DisposeAsync();
        await _second.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task Upgrades_under_load_fail_no_request_and_cut_no_websocket()
    {
        var tcp = Ports.Free();
        await using var edge = await EdgeProcess.StartAsync(_data, https: true);
        await SwitchAsync(edge, "sw_1", With(
            [
                new EdgeRoute("rte_1", RouteKind.Http, "web") { Tls = new RouteTls(TlsMode.Local) },
                new EdgeRoute("rte_2", RouteKind.Tcp, "web") { ListenPort = tcp },
            ],
            Service("web", _first.Spec, _second.Spec)));
        await using var load = new MixedLoad(edge, tcp);
        await load.SettleAsync(5);

        var processes = new HashSet<int> { (await edge.Control.StatusAsync(Ct)).ProcessId };
        for (var i = 1; i <= 6; i++)
        {
            if (i % 3 is 0)
                (await RefusedAsync(edge, Script("exit 3"))).ShouldContain("ended with code 3");
            else
                processes.Add((await edge.UpgradeAsync()).ProcessId).ShouldBeTrue();

            await load.SettleAsync(3);
        }

        await load.StopAsync();

        load.Faults.ShouldBeEmpty();
        foreach (var (kind, answered) in load.Answered)
            TestContext.Current.TestOutputHelper!.WriteLine($"{kind}: {answered} answered");

        processes.Count.ShouldBe(5);
        (await edge.Control.StatusAsync(Ct)).ProcessId.ShouldBe(processes.Last());
        (await File.ReadAllTextAsync(Path.Combine(_data, "davit-edge.pid"), Ct)).ShouldBe($"{processes.Last()}");
    }

    [Fact]
    public async Task A_connection_of_the_old_process_is_answered_by_the_new_table_and_told_to_go()
    {
        await using var edge = await EdgeProcess.StartAsync(_data);
        await SwitchAsync(edge, "sw_1", Simple(_first.Spec));
        using var kept = await RawClient.ConnectAsync(edge.Port);
        await kept.SendAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        (await kept.ReadUntilAsync("first\n")).ShouldContain("X-Target: first");

        await edge.UpgradeAsync();
        await SwitchAsync(edge, "sw_2", Simple(_second.Spec));

        await kept.SendAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        var answer = await kept.ReadAllAsync(5);
        answer.ShouldContain("X-Target: second");
        answer.ShouldContain("Connection: close");
        answer.ShouldNotContain("[still open]");
        (await edge.ExitCodeAsync()).ShouldBe(0);
        (await edge.WhoAsync()).ShouldBe("second");
        await Eventually.ShouldBeAsync(async () => (await edge.Control.StatusAsync(Ct)).Predecessors.Length, 0);
    }

    [Fact]
    public async Task What_the_old_process_still_runs_keeps_its_instance_alive()
    {
        await using var edge = await EdgeProcess.StartAsync(_data);
        await SwitchAsync(edge, "sw_1", Simple(_first.Spec));
        using var kept = await RawClient.ConnectAsync(edge.Port);
        await kept.SendAsync("GET /hold HTTP/1.1\r\nHost: a\r\n\r\n");
        await Eventually.ShouldBeTrueAsync(() => Volatile.Read(ref _first.Holding) is 1);

        await edge.UpgradeAsync();
        (await edge.Control.StatusAsync(Ct)).Environments[0].Targets.Single().InFlight.ShouldBe(1);
        await SwitchAsync(edge, "sw_2", Simple(_second.Spec));

        var drain = await edge.Control.DrainAsync("sw_2", TimeSpan.FromMilliseconds(300), Ct);
        (drain.IsDrained, drain.InFlight).ShouldBe((false, 1));
        var status = (await edge.Control.StatusAsync(Ct)).Environments[0].Targets.Single(t => t.Instance == _first.Spec.Instance);
        (status.Health, status.InFlight).ShouldBe((TargetHealth.Draining, 1));

        // A second process does not know the first one's drain; it hears of it before it says anything about it.
        await edge.UpgradeAsync();
        (await edge.Control.DrainAsync("sw_2", TimeSpan.Zero, Ct)).InFlight.ShouldBe(1);

        _first.Release.SetResult();
        (await kept.ReadUntilAsync("first")).ShouldContain("200 OK");
        (await edge.Control.DrainAsync("sw_2", TimeSpan.FromSeconds(5), Ct)).IsDrained.ShouldBeTrue();
    }

    [Theory]
    [InlineData("missing", "cannot be started")]
    [InlineData("ends", "ended with code 3")]
    [InlineData("hangs", "not ready within 3 s")]
    [InlineData("another table", "read table 0 from the disk")]
    [InlineData("does not understand", "ended with code 1")]
    public async Task A_program_that_fails_its_self_test_is_refused_and_the_old_one_goes_on(string fault, string reason)
    {
        await using var edge = await EdgeProcess.StartAsync(_data, more: fault is "hangs" ? ["--upgrade", "3"] : []);
        await SwitchAsync(edge, "sw_1", Simple(_first.Spec));
        var before = (await edge.Control.StatusAsync(Ct)).ProcessId;
        var program = fault switch
        {
            "missing" => Path.Combine(_data, "nothing-here"),
            "ends" => Script("exit 3"),
            "hangs" => Script("exec sleep 60"),
            "another table" => Script($"exec '{EdgeProcess.Program}' \"$@\" --data '{Directory.CreateDirectory(Path.Combine(_data, "other")).FullName}'"),
            _ => Script($"exec '{EdgeProcess.Program}' --unknown option"),
        };

        (await RefusedAsync(edge, program)).ShouldContain(reason);

        var status = await edge.Control.StatusAsync(Ct);
        status.ProcessId.ShouldBe(before);
        status.Events.ShouldHaveSingleItem().Kind.ShouldBe("upgrade-refused");
        (await edge.WhoAsync()).ShouldBe("first");
        await SwitchAsync(edge, "sw_2", Simple(_second.Spec));
        (await edge.WhoAsync()).ShouldBe("second");
    }

    [Fact]
    public async Task Of_two_upgrades_at_once_one_is_refused()
    {
        await using var edge = await EdgeProcess.StartAsync(_data, more: ["--upgrade", "3"]);
        var first = RefusedAsync(edge, Script("exec sleep 60"));
        await Eventually.ShouldBeTrueAsync(() => Directory.GetFiles(_data, "u*.sock").Length is 1);

        (await Should.ThrowAsync<ProblemException>(() => edge.UpgradeAsync())).Problem.Code.ShouldBe("DV5014");

        await first;
        Directory.GetFiles(_data, "*.sock").ShouldHaveSingleItem("sockets of an upgrade that was given up");
    }

    [Fact]
    public async Task A_successor_that_is_killed_comes_back_from_the_disk_on_the_same_ports()
    {
        await using var edge = await EdgeProcess.StartAsync(_data);
        await SwitchAsync(edge, "sw_1", Simple(_first.Spec));
        using var kept = await RawClient.ConnectAsync(edge.Port);
        await kept.SendAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        await kept.ReadUntilAsync("first\n");
        var successor = await edge.UpgradeAsync();

        using (var process = System.Diagnostics.Process.GetProcessById(successor.ProcessId))
        {
            process.Kill();
            await process.WaitForExitAsync(Ct);
        }

        (await edge.RefusesAsync()).ShouldBeTrue("the old process must not hold the port that the next one needs");
        await kept.SendAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        (await kept.ReadAllAsync(5)).ShouldContain("X-Target: first");
    }

    private static async Task SwitchAsync(EdgeProcess edge, string id, EdgeEnvironment environment) =>
        (await edge.Control.SwitchAsync(new SwitchRequest(id, 1, environment, TimeSpan.FromSeconds(20)), Ct)).ShouldBeOfType<SwitchOutcome.Switched>();

    private static async Task<string> RefusedAsync(EdgeProcess edge, string program)
    {
        var problem = (await Should.ThrowAsync<ProblemException>(() => edge.UpgradeAsync(program))).Problem;
        problem.Code.ShouldBe("DV5013");
        return problem.Detail;
    }

    private string Script(string body)
    {
        var path = Path.Combine(_data, $"program-{body.Length}");
        File.WriteAllText(path, $"#!/bin/sh\n{body}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}
