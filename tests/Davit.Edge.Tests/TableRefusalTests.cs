using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.Json;
using Davit.Edge.Control;
using Davit.Edge.Tests.Support;
using static Davit.Edge.Tests.Support.EdgeFixture;

namespace Davit.Edge.Tests;

/// <summary>Whatever would fail later, in a probe, a drain or a request, is refused when it comes.</summary>
public sealed class TableRefusalTests : IAsyncLifetime
{
    private static readonly EdgeTarget Somewhere = new("ins_1", "127.0.0.1", 1);

    private EdgeFixture _edge = null!;

    public static TheoryData<string, string> Slices => new()
    {
        { "drain of two weeks", """{"drain":{"requests":"14.00:00:00"}}""" },
        { "drain before it began", """{"drain":{"streams":"-00:00:01"}}""" },
        { "endless probe", """{"probe":{"timeout":"100.00:00:00"}}""" },
        { "probe of a kind by number", """{"probe":{"kind":"-1"}}""" },
        { "probe of no path", """{"probe":{"path":"ready"}}""" },
        { "probe of a path with a line end", """{"probe":{"path":"/a\r\nX: 1"}}""" },
        { "probe of no host", """{"probe":{"host":"a b"}}""" },
        { "probe with a field of two lines", """{"probe":{"headers":{"X-A":"1\r\nX-B: 2"}}}""" },
        { "probe with no field name", """{"probe":{"headers":{"X A":"1"}}}""" },
        { "probe with an own length", """{"probe":{"headers":{"Content-Length":"5"}}}""" },
        { "probe that expects null", """{"probe":{"expect":[null]}}""" },
        { "cookie that is no name", """{"stickyCookie":"a; Domain=x"}""" },
        { "target that is null", """{"targets":[null]}""" },
        { "target by name", """{"targets":[{"instance":"i","address":"localhost","port":80}]}""" },
        { "site that is not there", """{"site":{"root":"/nowhere/at/all"}}""" },
        { "rule with a line end", """{"site":{"root":"/tmp","headers":[{"match":"/*","set":{"X-A":"a\nb"}}]}}""" },
        { "rule that frames", """{"site":{"root":"/tmp","headers":[{"match":"/*","set":{"Transfer-Encoding":"chunked"}}]}}""" },
        { "404 page above the root", """{"site":{"root":"/tmp","notFoundPage":"../etc/passwd"}}""" },
    };

    public async ValueTask InitializeAsync() => _edge = await StartAsync();

    public ValueTask DisposeAsync() => _edge.DisposeAsync();

    [Theory]
    [MemberData(nameof(Slices))]
    public async Task A_service_that_cannot_be_served_is_refused_with_its_reason(string what, string change)
    {
        var request = JsonSerializer.SerializeToNode(_edge.Request(Simple(Service("web", Somewhere) with { Probe = new ProbeSpec { Kind = ProbeKind.None } })), ControlJson.Default.SwitchRequest)!;
        Merge(request["environment"]!["services"]![0]!.AsObject(), JsonNode.Parse(change)!.AsObject());

        var answer = await ControlSocket.PostAsync(_edge.Options.Control, "/v1/switches", request.ToJsonString(), Ct);

        answer.ShouldContain("DV5004", customMessage: what);
        (await _edge.Control.StatusAsync(Ct)).TableVersion.ShouldBe(0);
    }

    [Theory]
    [InlineData("traffic", """{"traffic":{"mode":77}}""")]
    [InlineData("route", """{"routes":[{"id":"rte_1","kind":"-1","service":"web"}]}""")]
    [InlineData("TLS", """{"routes":[{"id":"rte_1","kind":"Http","service":"web","tls":{"mode":9}}]}""")]
    public async Task A_kind_that_there_is_not_is_refused_where_names_are_numbers_too(string what, string change)
    {
        var request = JsonSerializer.SerializeToNode(_edge.Request(Simple(Service("web", Somewhere) with { Probe = new ProbeSpec { Kind = ProbeKind.None } })), ControlJson.Default.SwitchRequest)!;
        Merge(request["environment"]!.AsObject(), JsonNode.Parse(change)!.AsObject());

        (await ControlSocket.PostAsync(_edge.Options.Control, "/v1/switches", request.ToJsonString(), Ct)).ShouldContain("DV5004", customMessage: what);
    }

    [Fact]
    public async Task All_faults_of_a_slice_are_named_at_once()
    {
        var slice = With(
            [new EdgeRoute("rte_1", RouteKind.Http, "missing"), new EdgeRoute("rte_2", RouteKind.Tcp, "web") { ListenPort = 25 }, new EdgeRoute("rte_3", RouteKind.Http, "web") { MaxBody = -1, Timeouts = RouteTimeouts.Default with { Idle = TimeSpan.FromDays(30) } }],
            Service("web", Somewhere with { Weight = 0 }));

        var why = (await _edge.TrySwitchAsync(slice)).ShouldBeOfType<SwitchOutcome.Refused>().Why.Detail;

        foreach (var part in new[] { "missing", "port 25", "-1 bytes", "longer than a week", "weight 0" })
            why.ShouldContain(part);
    }

    private static void Merge(JsonObject into, JsonObject from)
    {
        foreach (var (name, value) in from.ToImmutableArray())
        {
            if (value is JsonObject inner && into[name] is JsonObject known)
                Merge(known, inner);
            else
                into[name] = value?.DeepClone();
        }
    }
}
