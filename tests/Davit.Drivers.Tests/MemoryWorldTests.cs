using Davit.Drivers.Instances;
using Davit.Drivers.Memory;
using Davit.Model;
using Davit.Planning.Instances;
using Davit.Testing;

namespace Davit.Drivers.Tests;

/// <summary>What tests of the control plane may script.</summary>
public sealed class MemoryWorldTests : IAsyncDisposable
{
    private readonly ManualClock _clock = new();
    private readonly MemoryWorld _world;
    private readonly Ownership _owner;
    private readonly MemoryDriver _driver;

    public MemoryWorldTests()
    {
        _world = new(_clock);
        _owner = new(Id.New<InstallationId>(_clock), Id.New<OrgId>(_clock), Id.New<AppId>(_clock), Id.New<EnvId>(_clock));
        _driver = new(_world, _owner.Installation);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _driver.DisposeAsync();

    [Fact]
    public async Task A_script_follows_the_clock_and_nothing_else()
    {
        _world.Add(new("crash:1") { ExitsAfter = TimeSpan.FromSeconds(10), ExitCode = 3 });
        await StartAsync("crash:1");

        (await StateAsync()).ShouldBeOfType<InstanceState.Running>();
        _clock.Advance(TimeSpan.FromSeconds(9));
        (await StateAsync()).ShouldBeOfType<InstanceState.Running>();
        _clock.Advance(TimeSpan.FromSeconds(1));

        var end = (await StateAsync()).ShouldBeOfType<InstanceState.Exited>();
        (end.ExitCode, end.FinishedAt).ShouldBe((3, _clock.GetUtcNow()));
    }

    [Fact]
    public async Task A_check_that_never_passes_turns_unhealthy_after_its_retries()
    {
        _world.Add(new("sick:1") { HealthyAfter = null });
        await StartAsync("sick:1", new(["CMD", "true"]) { Interval = TimeSpan.FromSeconds(2), Retries = 3 });

        (await StateAsync()).ShouldBeOfType<InstanceState.Running>().Health.ShouldBe(HealthVerdict.Starting);
        _clock.Advance(TimeSpan.FromSeconds(6));

        (await StateAsync()).ShouldBeOfType<InstanceState.Running>().Health.ShouldBe(HealthVerdict.Unhealthy);
    }

    [Fact]
    public async Task A_fault_strikes_once_and_calls_are_recorded()
    {
        _world.Add(new("web:1"));
        _world.FailNext(nameof(IRuntimeDriver.StartInstanceAsync), DriverProblems.PortTaken("web-1", "port 80"));

        (await Should.ThrowAsync<ProblemException>(() => StartAsync("web:1"))).Problem.Name.ShouldBe("port-taken");
        await _driver.StartInstanceAsync("web-1", Ct);

        _world.Calls.Where(c => c.Name is "web-1").Select(c => c.Method).ShouldBe(["CreateInstanceAsync", "StartInstanceAsync", "StartInstanceAsync"]);
    }

    [Fact]
    public async Task While_the_runtime_is_away_instances_go_on()
    {
        _world.Add(new("web:1"));
        await StartAsync("web:1");
        _world.Vanish();

        (await Should.ThrowAsync<ProblemException>(StateAsync)).Problem.Of.IsRetryable.ShouldBeTrue();
        _world.Return();

        (await StateAsync()).ShouldBeOfType<InstanceState.Running>();
    }

    [Fact]
    public void Drivers_are_found_by_id_and_mistakes_list_them_sorted()
    {
        var registry = new DriverRegistry([new MemoryDriver(_world, _owner.Installation, "swarm"), _driver]);

        registry.Get("memory").ShouldBeSameAs(_driver);
        Should.Throw<ProblemException>(() => registry.Get("dokcer")).Problem.Hint.ShouldBe("Use one of: memory, swarm");
        Should.Throw<ProblemException>(() => new DriverRegistry([_driver, _driver])).Problem.Name.ShouldBe("driver-duplicate");
    }

    private async Task StartAsync(string image, HealthCheckSpec? health = null)
    {
        await _driver.CreateInstanceAsync(new("web-1", _owner, image) { Health = health }, Ct);
        await _driver.StartInstanceAsync("web-1", Ct);
    }

    private async Task<InstanceState> StateAsync() => (await _driver.ObserveAsync(new(_owner.Installation), Ct)).Instances.Single().State;
}
