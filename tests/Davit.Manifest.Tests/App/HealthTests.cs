namespace Davit.Manifest.Tests.App;

public sealed class HealthTests
{
    private const string Compose = "services: {a: {image: x, ports: [{target: 80, published: '80', name: http}]}}\n";

    [Theory]
    [InlineData("{path: /ok}", "Http 80 /ok")]
    [InlineData("{path: /ok, port: http}", "Http 80 /ok")]
    [InlineData("{kind: tcp}", "Tcp 80")]
    [InlineData("{port: 81}", "Tcp 81")]
    [InlineData("{kind: grpc, service: s}", "Grpc 80 s")]
    [InlineData("{command: [check]}", "Command check")]
    [InlineData("{kind: none}", "Always")]
    [InlineData("none", "Always")]
    public void Every_kind_of_probe_can_be_declared(string health, string wanted) =>
        Show(Shop.Load(Compose, $"services: {{a: {{health: {health}}}}}\n").Accepted().Services["a"].Health.Probe).ShouldBe(wanted);

    [Theory]
    [InlineData("{kind: http}", "needs a path")]
    [InlineData("{path: ok}", "needs a path that starts with '/'")]
    [InlineData("{path: /, port: web}", "there is no port 'web'")]
    [InlineData("{path: /, interval: 0s}", "must be above zero")]
    [InlineData("{path: /, timeout: 0s}", "must be above zero")]
    [InlineData("{path: /, timeout: 3m}", "timeout (3m0s) is above startup (2m0s)")]
    [InlineData("{path: /, interval: '5'}", "must be a duration")]
    [InlineData("{path: /, expect: 99}", "must be status codes")]
    [InlineData("{kind: command}", "needs a command")]
    [InlineData("{path: /, retries: 3}", "unknown-key")]
    [InlineData("{path: /, successes: 0}", "value-out-of-range")]
    public void A_probe_that_cannot_work_is_refused(string health, string says) =>
        Shop.Load(Compose, $"services: {{a: {{health: {health}}}}}\n").Refused().ShouldHaveSingleItem().ShouldContain(says);

    [Fact]
    public void Without_any_a_web_service_must_answer_below_500()
    {
        var probe = Shop.Load(Compose).Accepted().Services["a"].Health.Probe.ShouldBeOfType<HealthProbe.Http>();
        probe.Path.ShouldBe("/");
        probe.Expect.ShouldBe([new StatusRange(100, 499)]);
    }

    [Fact]
    public void A_tcp_service_must_accept() =>
        Show(Shop.Load("services: {a: {image: x, ports: ['5432:5432']}}\n").Accepted().Services["a"].Health.Probe).ShouldBe("Tcp 5432");

    [Fact]
    public void The_compose_probe_runs_in_the_instance_with_time_for_its_own_start()
    {
        var health = Shop.Load("services: {a: {image: x, healthcheck: {test: curl x, interval: 10s, retries: 6, start_period: 3m}}}\n").Accepted().Services["a"].Health;
        Show(health.Probe).ShouldBe("Command /bin/sh -c curl x");
        (health.Interval, health.Failures, health.Startup, health.Origin).ShouldBe((TimeSpan.FromSeconds(10), 6, TimeSpan.FromMinutes(4), HealthOrigin.Compose));
    }

    [Fact]
    public void Liveness_is_off_unless_declared()
    {
        Shop.Load(Compose).Accepted().Services["a"].Liveness.ShouldBeNull();
        Shop.Load(Compose, "services: {a: {liveness: {path: /live}}}\n").Accepted().Services["a"].Liveness.ShouldNotBeNull();
    }

    private static string Show(HealthProbe probe) => probe switch
    {
        HealthProbe.Http http => $"Http {http.Port} {http.Path}",
        HealthProbe.Tcp tcp => $"Tcp {tcp.Port}",
        HealthProbe.Grpc grpc => $"Grpc {grpc.Port} {grpc.Service}",
        HealthProbe.Command command => $"Command {string.Join(' ', command.Arguments)}",
        _ => "Always",
    };
}
