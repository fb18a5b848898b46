using System.Net;
using Davit.Edge.Control;
using Davit.Edge.Tests.Support;
using static Davit.Edge.Tests.Support.EdgeFixture;

namespace Davit.Edge.Tests;

/// <summary>The real executable, killed and started again over its directory.</summary>
public sealed class TableStoreTests : IAsyncLifetime
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
    public async Task A_killed_edge_serves_the_same_table_at_once_and_knows_its_last_switch()
    {
        var request = new SwitchRequest("sw_1", 3, Simple(_first.Spec), TimeSpan.FromSeconds(5));
        SwitchOutcome before;
        await using (var edge = await EdgeProcess.StartAsync(_data))
        {
            before = await edge.Control.SwitchAsync(request, Ct);
            (await edge.WhoAsync()).ShouldBe("first");
            edge.Kill();
        }

        await using var again = await EdgeProcess.StartAsync(_data);

        (await again.WhoAsync()).ShouldBe("first");
        var repeated = (await again.Control.SwitchAsync(request, Ct)).ShouldBeOfType<SwitchOutcome.Switched>();
        (repeated.At, repeated.TableVersion).ShouldBe((before.ShouldBeOfType<SwitchOutcome.Switched>().At, 1));
        (await again.Control.SwitchAsync(request with { Id = "sw_2", Fence = 2 }, Ct)).ShouldBeOfType<SwitchOutcome.Refused>().Why.Code.ShouldBe("DV5002");
        (await again.Control.DrainAsync("sw_1", TimeSpan.Zero, Ct)).IsDrained.ShouldBeTrue();
        await Eventually.ShouldBeAsync(async () => (await again.Control.StatusAsync(Ct)).Environments[0].Targets[0].Health, TargetHealth.Ready);
    }

    [Theory]
    [InlineData("truncated")]
    [InlineData("bit flipped")]
    [InlineData("empty")]
    public async Task A_damaged_table_is_skipped_with_a_note_and_the_one_before_serves(string damage)
    {
        await using (var edge = await EdgeProcess.StartAsync(_data))
        {
            await edge.Control.SwitchAsync(new SwitchRequest("sw_1", 1, Simple(_first.Spec), TimeSpan.FromSeconds(5)), Ct);
            await edge.Control.SwitchAsync(new SwitchRequest("sw_2", 1, Simple(_second.Spec), TimeSpan.FromSeconds(5)), Ct);
            edge.Kill();
        }

        var newest = Directory.GetFiles(Path.Combine(_data, "table")).Order(StringComparer.Ordinal).Last();
        var bytes = await File.ReadAllBytesAsync(newest, Ct);
        bytes[^20] ^= 4;
        await File.WriteAllBytesAsync(newest, damage switch { "empty" => [], "truncated" => bytes[..(bytes.Length / 2)], _ => bytes }, Ct);

        await using var again = await EdgeProcess.StartAsync(_data);

        (await again.WhoAsync()).ShouldBe("first");
        (await again.Control.StatusAsync(Ct)).Events.ShouldHaveSingleItem().Kind.ShouldBe("table-damaged");
    }

    [Fact]
    public async Task A_kill_at_any_moment_of_a_switch_leaves_the_old_table_or_the_new_one()
    {
        var (fence, answered) = (0L, "");
        for (var round = 0; round < 6; round++)
        {
            await using var edge = await EdgeProcess.StartAsync(_data);
            var status = await edge.Control.StatusAsync(Ct);
            status.Events.ShouldBeEmpty();
            if (answered is not "")
            {
                (await edge.WhoAsync()).ShouldBeOneOf("first", "second");
                (await edge.Control.DrainAsync(answered, TimeSpan.Zero, Ct)).IsDrained.ShouldBeTrue();
            }

            var killing = Task.CompletedTask;
            try
            {
                while (true)
                {
                    var request = new SwitchRequest($"sw_{++fence}", fence, Simple((fence % 2 is 0 ? _first : _second).Spec), TimeSpan.FromSeconds(5));
                    (await edge.Control.SwitchAsync(request, Ct)).ShouldBeOfType<SwitchOutcome.Switched>();
                    answered = request.Id;
                    if (killing.IsCompleted)
                        killing = KillAsync(edge, TimeSpan.FromMilliseconds(20 + (round * 17)));
                }
            }
            catch (Davit.Model.ProblemException e)
            {
                e.Problem.Code.ShouldBe("DV5001");
            }

            await killing;
        }

        // A moment inside of a switch that nobody can name is what this is about.
        static async Task KillAsync(EdgeProcess edge, TimeSpan after)
        {
            await Task.Delay(after, TimeProvider.System, Ct);
            edge.Kill();
        }
    }

    [Fact]
    public async Task Repeating_an_older_switch_after_a_restart_does_not_bring_its_table_back()
    {
        var older = new SwitchRequest("sw_1", 1, Simple(_first.Spec), TimeSpan.FromSeconds(5));
        await using (var edge = await EdgeProcess.StartAsync(_data))
        {
            await edge.Control.SwitchAsync(older, Ct);
            await edge.Control.SwitchAsync(older with { Id = "sw_2", Environment = Simple(_second.Spec) }, Ct);
            edge.Kill();
        }

        await using var again = await EdgeProcess.StartAsync(_data);
        (await again.Control.SwitchAsync(older, Ct)).ShouldBeOfType<SwitchOutcome.Switched>().TableVersion.ShouldBe(1);

        (await again.WhoAsync()).ShouldBe("second");
        (await again.Control.DrainAsync("sw_1", TimeSpan.Zero, Ct)).IsDrained.ShouldBeTrue();
        (await again.Control.StatusAsync(Ct)).TableVersion.ShouldBe(2);
    }

    [Fact]
    public async Task Targets_that_cannot_be_reached_after_a_restart_are_503_and_serve_again_when_they_are_back()
    {
        var leaving = await Target.StartAsync("leaving");
        await using (var edge = await EdgeProcess.StartAsync(_data))
        {
            await edge.Control.SwitchAsync(new SwitchRequest("sw_1", 1, Simple(leaving.Spec), TimeSpan.FromSeconds(5)), Ct);
            edge.Kill();
        }

        await leaving.DisposeAsync();
        await using var again = await EdgeProcess.StartAsync(_data);
        await Eventually.ShouldBeAsync(async () => (await again.Http.GetAsync("/", Ct)).StatusCode, HttpStatusCode.ServiceUnavailable);

        await using var back = await Target.StartAsync("back", port: leaving.Port);

        await Eventually.ShouldBeAsync(async () => (await again.Http.GetAsync("/", Ct)).StatusCode, HttpStatusCode.OK);
    }

    [Fact]
    public async Task On_SIGTERM_requests_in_flight_finish_and_the_process_ends_with_zero()
    {
        await using var edge = await EdgeProcess.StartAsync(_data);
        await edge.Control.SwitchAsync(new SwitchRequest("sw_1", 1, Simple(_first.Spec), TimeSpan.FromSeconds(5)), Ct);
        var held = edge.Http.GetAsync("/hold", Ct);
        await Eventually.ShouldBeTrueAsync(() => Volatile.Read(ref _first.Holding) is 1);

        edge.Terminate();
        await Eventually.ShouldBeAsync(async () => await edge.RefusesAsync(), wanted: true);
        _first.Release.SetResult();

        using var answer = await held;
        (answer.StatusCode, answer.Headers.ConnectionClose).ShouldBe((HttpStatusCode.OK, true));
        (await edge.ExitCodeAsync()).ShouldBe(0);
    }

    [Theory]
    [InlineData("--data is missing.")]
    [InlineData("'x' is no port", "--data", "d", "--http", "x")]
    [InlineData("--what is not an option", "--what", "x")]
    [InlineData("--http has no value", "--http")]
    public async Task An_option_that_cannot_be_used_is_named(string words, params string[] args)
    {
        var (code, error) = await EdgeProcess.RunAsync(args);

        code.ShouldBe(1);
        error.ShouldContain("DV5011");
        error.ShouldContain(words);
    }
}
