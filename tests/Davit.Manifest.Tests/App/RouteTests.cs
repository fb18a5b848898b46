using Davit.Model;

namespace Davit.Manifest.Tests.App;

public sealed class RouteTests
{
    private const string Two = "services: {a: {image: x, expose: [80]}, b: {image: x, ports: [{target: 9000, name: api}]}}\n";

    [Theory]
    [InlineData("{service: a}", "Http * / a:80")]
    [InlineData("{service: a, host: A.Example.com, path: /x/, strip: true}", "Http a.example.com /x a:80")]
    [InlineData("{service: b, port: api}", "Http * / b:9000")]
    [InlineData("{service: a, host: '*.example.com'}", "Http *.example.com / a:80")]
    [InlineData("{service: a, kind: tcp, listen: 5432}", "Tcp * / a:80 at 5432")]
    [InlineData("{service: a, kind: tls-passthrough, host: a.example.com}", "TlsPassthrough a.example.com / a:80 at 443")]
    public void A_route_says_what_comes_in_and_where_it_goes(string route, string wanted) =>
        Shop.Load(Two, $"routes: [{route}]\n").Accepted().Routes.Select(Show).ShouldBe([wanted]);

    [Theory]
    [InlineData("[{path: /}]", "needs a service")]
    [InlineData("[{service: c}]", "unknown service 'c' (did you mean a, b?)")]
    [InlineData("[{service: b, port: apu}]", "no port 'apu' (did you mean api?)")]
    [InlineData("[{service: a, path: x}]", "must start with '/'")]
    [InlineData("[{service: a, listen: 80}]", "write kind: tcp")]
    [InlineData("[{service: a, kind: tcp}]", "needs 'listen'")]
    [InlineData("[{service: a, kind: tcp, listen: 70000}]", "must be a port")]
    [InlineData("[{service: a, kind: tcp, listen: 1, host: h.example.com}]", "neither host nor path")]
    [InlineData("[{service: a, kind: tls-passthrough}]", "needs a host")]
    [InlineData("[{service: a, host: 'a b'}]", "is not a hostname")]
    [InlineData("[{service: a}, {service: b}]", "'a' is routed there already")]
    [InlineData("[{service: a, kind: udp}]", "routes[0].kind")]
    public void A_route_that_cannot_be_served_is_refused(string routes, string says) =>
        Shop.Load(Two, $"routes: {routes}\n").Refused().ShouldHaveSingleItem().ShouldContain(says);

    [Theory]
    [InlineData("80:3000", "Http * / a:3000")]
    [InlineData("443:3000", "Http * / a:3000")]
    [InlineData("8080:3000", "Tcp * / a:3000 at 8080")]
    [InlineData("127.0.0.1:8080:3000", "Tcp * / a:3000 at 127.0.0.1:8080")]
    public void A_published_tcp_port_becomes_a_route_of_the_edge_and_says_so(string port, string wanted)
    {
        var result = Shop.Load($"services: {{a: {{image: x, ports: ['{port}']}}}}\n");
        result.Accepted().Routes.Select(Show).ShouldBe([wanted]);
        result.Notes(ManifestProblems.PortConverted).ShouldHaveSingleItem().ShouldStartWith("compose.yaml:1:");
    }

    [Fact]
    public void Ports_80_and_443_together_are_one_route() =>
        Shop.Load("services: {a: {image: x, ports: ['80:3000', '443:3000']}}\n").Accepted().Routes.Length.ShouldBe(1);

    [Fact]
    public void A_written_route_stands_for_a_published_web_port() =>
        Shop.Load("services: {a: {image: x, ports: ['80:3000']}}\n", "routes: [{service: a, host: a.example.com}]\n").Accepted().Routes.Select(Show).ShouldBe(["Http a.example.com / a:3000"]);

    [Fact]
    public void One_port_of_the_host_goes_to_one_service() =>
        Shop.Load("services: {a: {image: x, ports: ['80:1']}, b: {image: x, ports: ['80:1']}}\n").Refused().ShouldHaveSingleItem().ShouldContain("port 80 is published twice");

    [Fact]
    public void A_port_that_is_no_number_is_refused_and_not_a_crash() =>
        Shop.Load("services: {a: {image: x, ports: [{target: 80, published: abc}]}}\n").Refused().ShouldHaveSingleItem().ShouldContain("'abc' is not a port");

    private static string Show(RouteSpec r) =>
        $"{r.Kind} {r.Host ?? "*"} {r.Path} {r.Service}:{r.Port}{(r.Listen is null ? "" : $" at {(r.ListenAddress is null ? "" : r.ListenAddress + ":")}{r.Listen}")}";
}
