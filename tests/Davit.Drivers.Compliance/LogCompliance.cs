using System.Globalization;
using Davit.Drivers.Logs;

namespace Davit.Drivers.Compliance;

public abstract class LogCompliance : DriverCompliance
{
    [Fact]
    public async Task Lines_are_complete_in_order_and_have_their_channel()
    {
        var spec = Bed.Spec(new Workload.Prints(["one", "two", "", "three 🚢"]));
        await RunAsync(spec);
        await Driver.WaitInstanceAsync(spec.Name, Ct);

        var lines = await LogsAsync(spec.Name);

        lines.Select(l => l.Text).ShouldBe(["one", "two", "", "three 🚢"]);
        lines.ShouldAllBe(l => l.Channel == OutputChannel.Stdout && !l.IsPartial);
        lines.Select(l => l.Cursor).ShouldBeUnique();
    }

    [Fact]
    public async Task Errors_are_told_from_output()
    {
        var spec = Bed.Spec(new Workload.Prints(["oops"]) { Channel = OutputChannel.Stderr });
        await RunAsync(spec);
        await Driver.WaitInstanceAsync(spec.Name, Ct);

        (await LogsAsync(spec.Name)).ShouldHaveSingleItem().Channel.ShouldBe(OutputChannel.Stderr);
    }

    [Fact]
    public async Task Following_ends_with_the_instance_and_misses_nothing()
    {
        var spec = Bed.Spec(new Workload.Prints(["first", "last"]));
        await RunAsync(spec);

        (await LogsAsync(spec.Name, new() { Follow = true })).Select(l => l.Text).ShouldBe(["first", "last"]);
    }

    [Fact]
    public async Task A_life_of_milliseconds_leaves_all_its_lines()
    {
        var expected = Enumerable.Range(1, 50).Select(i => string.Create(CultureInfo.InvariantCulture, $"line {i}")).ToList();
        for (var round = 0; round < 3; round++)
        {
            var spec = Bed.Spec(new Workload.Prints([.. expected]));
            var seen = new List<string>();
            await Driver.RunToEndAsync(
                spec,
                (line, _) =>
                {
                    seen.Add(line.Text);
                    return ValueTask.CompletedTask;
                },
                Ct);
            seen.ShouldBe(expected);
        }
    }

    [Fact]
    public async Task Reading_goes_on_after_any_line_without_gap_or_repeat()
    {
        var expected = Enumerable.Range(1, 40).Select(i => string.Create(CultureInfo.InvariantCulture, $"line {i}")).ToList();
        var spec = Bed.Spec(new Workload.Prints([.. expected]));
        await RunAsync(spec);
        await Driver.WaitInstanceAsync(spec.Name, Ct);
        var all = await LogsAsync(spec.Name);
        all.Count.ShouldBe(40);

        for (var i = 0; i < all.Count; i += 3)
        {
            var cursor = LogCursor.Parse(all[i].Cursor.ToString());
            (await LogsAsync(spec.Name, new() { After = cursor })).Select(l => l.Text).ShouldBe(expected.Skip(i + 1));
        }
    }

    [Fact]
    public async Task Following_can_be_broken_off_and_taken_up_again()
    {
        Needs(DriverCapabilities.RealProcesses);
        var spec = Bed.Spec(new Workload.Script("i=0; while [ $i -lt 60 ]; do i=$((i+1)); echo $i; echo e$i >&2; sleep 0.02; done"));
        await RunAsync(spec);
        var seen = new List<LogLine>();

        while (true)
        {
            using var cut = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
            try
            {
                await foreach (var line in Driver.LogsAsync(spec.Name, new() { Follow = true, After = seen.Count > 0 ? seen[^1].Cursor : null }, cut.Token))
                    seen.Add(line);
                break;
            }
            catch (OperationCanceledException)
            {
                Ct.ThrowIfCancellationRequested();
            }
        }

        var numbers = Enumerable.Range(1, 60).Select(i => i.ToString(CultureInfo.InvariantCulture)).ToList();
        seen.Where(l => l.Channel is OutputChannel.Stdout).Select(l => l.Text).ShouldBe(numbers);
        seen.Where(l => l.Channel is OutputChannel.Stderr).Select(l => l.Text).ShouldBe(numbers.Select(n => "e" + n));
    }

    [Fact]
    public async Task The_last_lines_can_be_asked_for()
    {
        var spec = Bed.Spec(new Workload.Prints(["a", "b", "c", "d"]));
        await RunAsync(spec);
        await Driver.WaitInstanceAsync(spec.Name, Ct);

        (await LogsAsync(spec.Name, new() { Tail = 2 })).Select(l => l.Text).ShouldBe(["c", "d"]);
    }

    [Fact]
    public async Task Long_lines_come_in_parts_that_join_to_the_whole()
    {
        Needs(DriverCapabilities.RealProcesses);
        var spec = Bed.Spec(new Workload.Script("head -c 100000 /dev/zero | tr '\\0' x; echo; echo end"));
        await RunAsync(spec);
        await Driver.WaitInstanceAsync(spec.Name, Ct);

        var lines = await LogsAsync(spec.Name);

        lines[^1].Text.ShouldBe("end");
        lines[..^1].Sum(l => l.Bytes.Length).ShouldBe(100000);
        lines[..^2].ShouldAllBe(l => l.IsPartial);
        lines[^2].IsPartial.ShouldBeFalse();
    }

    [Fact]
    public async Task Bytes_that_are_no_text_arrive_unchanged()
    {
        Needs(DriverCapabilities.RealProcesses);
        var spec = Bed.Spec(new Workload.Script("printf 'a\\200\\377b\\n'"));
        await RunAsync(spec);
        await Driver.WaitInstanceAsync(spec.Name, Ct);

        var line = (await LogsAsync(spec.Name)).ShouldHaveSingleItem();

        line.Text.ShouldStartWith("a");
        line.Text.ShouldEndWith("b");
    }

    [Fact]
    public async Task Instants_are_those_of_the_runtime()
    {
        var before = TimeProvider.System.GetUtcNow().AddSeconds(-1);
        var spec = Bed.Spec(new Workload.Prints(["now"]));
        await RunAsync(spec);
        await Driver.WaitInstanceAsync(spec.Name, Ct);

        (await LogsAsync(spec.Name)).ShouldHaveSingleItem().At.ShouldBeInRange(before, TimeProvider.System.GetUtcNow().AddSeconds(1));
    }

    [Fact]
    public async Task A_terminals_lines_are_read_too()
    {
        Needs(DriverCapabilities.RealProcesses | DriverCapabilities.Terminal);
        var spec = Bed.Spec(new Workload.Script("echo one; echo two"));
        await RunAsync(spec with { Process = spec.Process with { Tty = true } });
        await Driver.WaitInstanceAsync(spec.Name, Ct);

        (await LogsAsync(spec.Name)).Select(l => l.Text).ShouldBe(["one", "two"]);
    }

    [Fact]
    public async Task The_log_of_an_unknown_instance_is_a_problem() =>
        (await ProblemOfAsync(() => LogsAsync(Bed.Name()))).Name.ShouldBe("instance-not-found");

    [Fact]
    public async Task Output_survives_a_restart_of_the_instance()
    {
        var spec = Bed.Spec(new Workload.Prints(["again"], 0));
        for (var i = 0; i < 2; i++)
        {
            await RunAsync(spec);
            await Driver.WaitInstanceAsync(spec.Name, Ct);
        }

        (await LogsAsync(spec.Name)).Select(l => l.Text).ShouldBe(["again", "again"]);
    }
}
