using System.Collections.Immutable;
using System.Net;
using Davit.Edge.Control;
using Davit.Edge.Tests.Support;
using static Davit.Edge.Tests.Support.EdgeFixture;

namespace Davit.Edge.Tests;

public sealed class MatchingTests : IAsyncLifetime
{
    private EdgeFixture _edge = null!;
    private Target _target = null!;

    private static ImmutableArray<EdgeRoute> Routes { get; } =
    [
        new("rte_a", RouteKind.Http, "web") { Host = "Shop.Example." },
        new("rte_b", RouteKind.Http, "web") { Host = "shop.example", PathPrefix = "/api" },
        new("rte_c", RouteKind.Http, "web") { Host = "shop.example", PathPrefix = "/api/v2/", Strip = true },
        new("rte_d", RouteKind.Http, "web") { Host = "*.shop.example" },
        new("rte_e", RouteKind.Http, "web") { Host = "bücher.example" },
        new("rte_f", RouteKind.Http, "web") { Host = "only.example", PathPrefix = "/x" },
        new("rte_g", RouteKind.Http, "web") { PathPrefix = "/fallback" },
        new("rte_h", RouteKind.Http, "web") { Host = "down.example" } ,
    ];

    public async ValueTask InitializeAsync()
    {
        _edge = await StartAsync();
        _target = await Target.StartAsync("m");
        await _edge.SwitchAsync(With(Routes, Service("web", _target.Spec)));
    }

    public async ValueTask DisposeAsync()
    {
        await _edge.DisposeAsync();
        await _target.DisposeAsync();
    }

    [Theory]
    [InlineData("http://shop.example/", "rte_a")]
    [InlineData("http://SHOP.example./x", "rte_a")]
    [InlineData("http://shop.example/api", "rte_b")]
    [InlineData("http://shop.example/api/x", "rte_b")]
    [InlineData("http://shop.example/apix", "rte_a")]
    [InlineData("http://shop.example/api/v2", "rte_c")]
    [InlineData("http://shop.example/api/v2/things", "rte_c")]
    [InlineData("http://eu.shop.example/", "rte_d")]
    [InlineData("http://a.eu.shop.example/", "")]
    [InlineData("http://xn--bcher-kva.example/", "rte_e")]
    [InlineData("http://only.example/x/y", "rte_f")]
    [InlineData("http://only.example/y", "")]
    [InlineData("http://only.example/fallback", "rte_g")]
    [InlineData("http://elsewhere.example/fallback/z", "rte_g")]
    [InlineData("http://elsewhere.example/", "")]
    public async Task The_longest_prefix_of_the_closest_host_takes_the_request(string url, string route)
    {
        (await _edge.Control.TestRouteAsync(new Uri(url), Ct)).Route.ShouldBe(route);
        var counters = await _edge.Control.CountersAsync(Env, Ct);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(url).PathAndQuery) { Headers = { Host = new Uri(url).IdnHost } };
        using var answer = await _edge.Http.SendAsync(request, Ct);

        answer.StatusCode.ShouldBe(route is "" ? HttpStatusCode.NotFound : HttpStatusCode.OK);
        if (route is not "")
        {
            var before = counters.Routes.Single(r => r.Route == route).Requests;
            await Eventually.ShouldBeAsync(async () => (await _edge.Control.CountersAsync(Env, Ct)).Routes.Single(r => r.Route == route).Requests, before + 1);
        }
    }

    [Theory]
    [InlineData("/api/v2", "/")]
    [InlineData("/api/v2/", "/")]
    [InlineData("/api/v2?q=%2F&r=a+b", "/?q=%2F&r=a+b")]
    [InlineData("/api/v2/a%20b/%C3%BC//c?x", "/a%20b/%C3%BC//c?x")]
    [InlineData("/api/v2/%2e%2e/secret", null)]
    [InlineData("/api/v2/../../x", null)]
    [InlineData("/api/v%32/x", null)]
    public async Task A_stripped_prefix_leaves_the_rest_as_it_was_sent_or_is_refused(string sent, string? received)
    {
        var answer = await RawClient.ExchangeAsync(_edge.Port, $"GET {sent} HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\n\r\n");
        if (received is null)
            answer.ShouldNotContain("GET /secret");
        else
            answer.ShouldContain($"GET {received} m\n");
    }

    [Theory]
    [InlineData("/plain//double/./dot?a=%zz&b")]
    [InlineData("/%61pi/escaped")]
    [InlineData("/x/%2F/y")]
    public async Task Without_strip_the_target_sees_the_path_byte_for_byte(string path) =>
        (await RawClient.ExchangeAsync(_edge.Port, $"GET {path} HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\n\r\n")).ShouldContain($"GET {path} m\n");

    [Fact]
    public async Task The_absolute_form_reaches_the_target_in_origin_form() =>
        (await RawClient.ExchangeAsync(_edge.Port, "GET http://shop.example/abs?q=1 HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\n\r\n")).ShouldContain("GET /abs?q=1 m\n");

    [Fact]
    public async Task An_unknown_host_gets_a_page_or_a_problem_document_with_the_request_id()
    {
        using var page = await _edge.Http.GetAsync("/", Ct);
        page.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var id = page.Headers.GetValues("X-Request-Id").Single();
        (await page.Content.ReadAsStringAsync(Ct)).ShouldContain(id);

        using var request = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { { "Accept", "application/json" } } };
        using var document = await _edge.Http.SendAsync(request, Ct);
        document.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        (await document.Content.ReadAsStringAsync(Ct)).ShouldContain("\"status\":404");
    }
}
