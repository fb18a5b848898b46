using System.Globalization;
using Davit.Drivers.Compliance;
using Davit.Drivers.Docker.Tests.Compliance;
using Davit.Drivers.Docker.Tests.Engines;
using Davit.Drivers.Logs;
using Davit.Model;

namespace Davit.Drivers.Docker.Tests.Engine;

/// <summary>A real engine that is killed in the middle of what it does.</summary>
public sealed class EngineCrashTests : IAsyncLifetime
{
    private PrivateEngine _engine = null!;
    private DockerBed _bed = null!;
    private IRuntimeDriver _driver = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _engine = await PrivateEngine.StartOrSkipAsync(new(null, "--live-restore"), Ct);
        _bed = new(_engine.Endpoint);
        _driver = _bed.Open();
    }

    public async ValueTask DisposeAsync()
    {
        if (_bed is not null)
            await _bed.DisposeAsync();
        if (_engine is not null)
            await _engine.DisposeAsync();
    }

    [Fact]
    public async Task A_log_goes_on_after_a_crash_without_gap_or_repeat()
    {
        var spec = _bed.Spec(new Workload.Script("i=0; while [ $i -lt 2000 ]; do echo $i; i=$((i+1)); usleep 2000; done"));
        await _driver.CreateInstanceAsync(spec, Ct);
        await _driver.StartInstanceAsync(spec.Name, Ct);
        var seen = new List<string>();
        LogCursor? last = null;

        var lost = await Should.ThrowAsync<ProblemException>(() => FollowAsync(async line =>
        {
            if (line.Text is "300")
                await _engine.KillAsync(Ct);
        }));
        lost.Problem.Name.ShouldBe("runtime-unreachable");
        await _engine.StartAgainAsync(Ct);
        await FollowAsync(_ => Task.CompletedTask);

        seen.ShouldBe(Enumerable.Range(0, 2000).Select(i => i.ToString(CultureInfo.InvariantCulture)));

        async Task FollowAsync(Func<LogLine, Task> onLine)
        {
            await foreach (var line in _driver.LogsAsync(spec.Name, new() { Follow = true, After = last }, Ct))
            {
                seen.Add(line.Text);
                last = line.Cursor;
                await onLine(line);
            }
        }
    }

    [Fact]
    public async Task Instances_are_recognised_after_every_crash_and_are_not_restarted()
    {
        var spec = _bed.Spec(new Workload.Idles());
        await _driver.CreateInstanceAsync(spec, Ct);
        var before = await _driver.StartInstanceAsync(spec.Name, Ct);

        for (var crash = 0; crash < 5; crash++)
        {
            await _engine.KillAsync(Ct);
            (await ProblemOfAsync(() => _driver.ObserveAsync(_bed.All, Ct))).Name.ShouldBe("runtime-unreachable");
            await _engine.StartAgainAsync(Ct);

            var after = (await _driver.ObserveAsync(_bed.All, Ct)).Instances.ShouldHaveSingleItem();
            after.Pid.ShouldBe(before.Pid);
            after.State.ShouldBe(before.State);
            (await _driver.CreateInstanceAsync(spec, Ct)).RuntimeId.ShouldBe(before.RuntimeId);
        }
    }

    [Fact]
    public async Task What_waits_on_the_engine_is_told_when_it_is_gone()
    {
        var spec = _bed.Spec(new Workload.Idles());
        await _driver.CreateInstanceAsync(spec, Ct);
        await _driver.StartInstanceAsync(spec.Name, Ct);
        await using var session = await _driver.ExecAsync(spec.Name, new(["cat"]) { Stdin = true }, Ct);
        var waiting = _driver.WaitInstanceAsync(spec.Name, Ct);
        var stats = Task.Run(async () =>
        {
            await foreach (var sample in _driver.StatsAsync(spec.Name, Ct))
                sample.ShouldNotBeNull();
        }, Ct);
        var events = Task.Run(async () =>
        {
            await foreach (var hint in _driver.EventsAsync(_bed.All, Ct))
                hint.ShouldNotBeNull();
        }, Ct);
        await session.WriteAsync("ahoy\n"u8.ToArray(), Ct);
        (await session.ReadAsync(new byte[16], Ct)).Count.ShouldBe(5);

        await _engine.KillAsync(Ct);

        (await ProblemOfAsync(() => waiting)).Name.ShouldBe("runtime-unreachable");
        (await ProblemOfAsync(() => stats)).Name.ShouldBe("runtime-unreachable");
        (await ProblemOfAsync(() => events)).Name.ShouldBe("runtime-unreachable");
        (await ProblemOfAsync(() => session.WaitAsync(Ct))).Name.ShouldBe("runtime-unreachable");
        await _engine.StartAgainAsync(Ct);
    }

    private static async Task<Problem> ProblemOfAsync(Func<Task> call) => (await Should.ThrowAsync<ProblemException>(call)).Problem;
}
