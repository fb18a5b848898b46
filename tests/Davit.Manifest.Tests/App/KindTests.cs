using Davit.Model;

namespace Davit.Manifest.Tests.App;

public sealed class KindTests
{
    [Theory]
    [InlineData("{image: x}", "", ServiceKind.Worker)]
    [InlineData("{image: x, ports: ['80:80']}", "", ServiceKind.Web)]
    [InlineData("{image: x, ports: ['443:8443']}", "", ServiceKind.Web)]
    [InlineData("{image: x, ports: ['8080:80']}", "", ServiceKind.Web)]
    [InlineData("{image: x, ports: ['80']}", "", ServiceKind.Worker)]
    [InlineData("{image: x, expose: [80]}", "", ServiceKind.Worker)]
    [InlineData("{image: x, ports: ['53:53/udp']}", "", ServiceKind.Worker)]
    [InlineData("{image: x, volumes: ['vol:/v']}", "", ServiceKind.Stateful)]
    [InlineData("{image: x, volumes: ['vol:/v:ro']}", "", ServiceKind.Worker)]
    [InlineData("{image: x, volumes: ['/v']}", "", ServiceKind.Worker)]
    [InlineData("{image: x, volumes: ['./data:/v']}", "", ServiceKind.Stateful)]
    [InlineData("{image: x, tmpfs: [/v]}", "", ServiceKind.Worker)]
    [InlineData("{image: x, volumes: ['vol:/v'], ports: ['80:80']}", "", ServiceKind.Web)]
    [InlineData("{image: x, volumes: ['vol:/v'], ports: ['5432:5432']}", "", ServiceKind.Stateful)]
    [InlineData("{image: x, volumes: ['vol:/v']}", "volumes: {vol: {shared: true}}", ServiceKind.Worker)]
    [InlineData("{image: x}", "services: {a: {schedule: '0 3 * * *'}}", ServiceKind.Job)]
    [InlineData("{image: x}", "services: {a: {kind: job}}", ServiceKind.Job)]
    [InlineData("{image: x}", "services: {a: {kind: web, port: 80}}", ServiceKind.Web)]
    [InlineData("{image: x}", "services: {a: {port: 80}}\nroutes: [{service: a}]", ServiceKind.Web)]
    [InlineData("{image: x}", "routes: [{service: a, port: 80, host: a.example.com, kind: tls-passthrough}]", ServiceKind.Web)]
    [InlineData("{image: x, volumes: ['vol:/v']}", "services: {a: {kind: worker}}", ServiceKind.Worker)]
    [InlineData("{image: x, volumes: ['vol:/v']}", "services: {a: {kind: stateful}}", ServiceKind.Stateful)]
    public void The_kind_follows_from_routes_and_volumes_unless_it_is_declared(string service, string davit, ServiceKind kind) =>
        Shop.Load($"services: {{a: {service}}}\nvolumes: {{vol: }}\n", davit).Accepted().Services["a"].Kind.ShouldBe(kind);

    [Theory]
    [InlineData("{image: x, ports: ['80:80']}", "{kind: job}", "a job ends")]
    [InlineData("{image: x, ports: ['8080:80']}", "{kind: worker}", "a worker has no port")]
    [InlineData("{image: x}", "{kind: stateful}", "needs a named volume")]
    [InlineData("{image: x}", "{kind: worker, schedule: '* * * * *'}", "only a job has a schedule")]
    [InlineData("{image: x}", "{kind: worker, directory: site}", "only a static service")]
    [InlineData("{image: x}", "{kind: web}", "its port is not clear")]
    public void What_contradicts_the_kind_is_refused(string service, string own, string says) =>
        Shop.Load($"services: {{a: {service}}}\n", $"services: {{a: {own}}}\n").Refused().ShouldHaveSingleItem().ShouldContain(says);

    [Fact]
    public void A_static_service_has_nothing_of_a_container() =>
        Shop.Load("services: {a: {image: x}}\n", "services: {s: {kind: static, directory: ., image: x}}\n").Refused().ShouldHaveSingleItem().ShouldContain("so 'image' means nothing");

    [Fact]
    public void The_target_of_a_finished_dependency_is_a_job()
    {
        var result = Shop.Load("services: {a: {image: x}, b: {image: x, depends_on: {a: {condition: service_completed_successfully}}}}\n");
        result.Accepted().Services["a"].Kind.ShouldBe(ServiceKind.Job);
        result.Notes(ManifestProblems.KindDerived).First().ShouldContain("'b' waits until it has completed");
    }

    [Theory]
    [InlineData("{image: x, ports: ['53:53/udp']}", "host-port")]
    [InlineData("{image: x, network_mode: host}", "host-port")]
    [InlineData("{image: x, volumes: ['vol:/v']}", "single-writer-volume")]
    [InlineData("{image: x, deploy: {update_config: {order: stop-first}}}", "asked-for")]
    [InlineData("{image: x, networks: {default: {ipv4_address: 10.0.0.2}}}", "static-address")]
    public void A_service_that_must_stop_first_says_why(string service, string reason) =>
        Shop.Load($"services: {{a: {service}}}\nvolumes: {{vol: }}\n").Accepted().Services["a"].StopFirstReasons.ShouldBe([reason]);
}
