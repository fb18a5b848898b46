using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Davit.Edge.Control;
using Davit.Edge.Forwarding;
using Davit.Edge.Persistence;
using Davit.Edge.Routing;
using Davit.Edge.Static;
using Davit.Edge.Switching;
using Davit.Edge.Tls;
using Davit.Testing.Fuzzing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using static Davit.Edge.Tests.Support.EdgeFixture;

namespace Davit.Edge.Tests.Fuzzing;

/// <summary>Readers of text: request targets, hosts, fields, the control protocol and the table on the disk.</summary>
public sealed class TextFuzzTests
{
    [Fact]
    public Task Hosts_have_one_form() => new Fuzz("shop.example", "*.Shop.Example.", "xn--bcher-kva.example", "[::1]:8080", "bücher.example:80", "a:b:c") { Words = [".", "*.", "[", "]", ":", "xn--", "。", "ß", "\u200d"] }.RunAsync(
        input =>
        {
            var text = Encoding.UTF8.GetString(input);
            _ = HostName.Bare(text);
            if (HostName.Normalise(text) is { } normal)
                HostName.Normalise(normal).ShouldBe(normal);
        },
        Ct);

    [Fact]
    public Task Paths_stay_below_their_prefix() => new Fuzz("/a/b?x=y", "/a/../b", "http://h/a/b", "/a/%2e%2E/x", "/a%2Fb", "//a//b") { Words = ["/", "..", "%2e", "%2F", "%25", "?", "#", "://", "/a", ";", "\\", "*"] }.RunAsync(
        input =>
        {
            var text = Encoding.Latin1.GetString(input);
            RoutePath.OfTarget(text).Length.ShouldBeGreaterThan(0);
            if (RoutePath.Normalise(text) is { } normal)
                RoutePath.Normalise(normal).ShouldBe(normal);
            if (RoutePath.TryStrip(text, "/a", out var stripped))
            {
                stripped.ShouldStartWith("/");
                text.ShouldEndWith(stripped.TrimStart('/'));
                stripped.Split('?')[0].Split('/').ShouldNotContain("..");
            }

            _ = RoutePath.Decoded(text);
        },
        Ct);

    [Fact]
    public Task Parts_of_a_file_lie_inside_it() => new Fuzz("bytes=0-5", "bytes=-5", "bytes=3-", "bytes=0-1,3-4", "items=0-1") { Words = ["bytes=", "-", ",", "18446744073709551615", " "] }.RunAsync(
        input =>
        {
            for (var length = 0; length < 12; length += 5)
            {
                if (ByteRange.TryFind(Encoding.Latin1.GetString(input), length, out var range) && range is { } found)
                    (found.From >= 0 && found.From <= found.To && found.To < length).ShouldBeTrue($"{found} of {length}");
            }
        },
        Ct);

    [Fact]
    public async Task A_site_gives_only_what_lies_in_it()
    {
        var outside = NewDirectory();
        var root = Directory.CreateDirectory(Path.Combine(outside, "site"));
        await File.WriteAllTextAsync(Path.Combine(outside, "secret.html"), "secret", Ct);
        await File.WriteAllTextAsync(Path.Combine(root.FullName, "index.html"), "index", Ct);
        await File.WriteAllTextAsync(Path.Combine(root.FullName, ".env"), "hidden", Ct);
        File.CreateSymbolicLink(Path.Combine(root.FullName, "link.html"), Path.Combine(outside, "secret.html"));
        var site = new SiteRoot(new StaticSite(root.FullName), null, DateTimeOffset.UnixEpoch);
        try
        {
            await new Fuzz("/index.html", "/../secret.html", "/link.html", "/.env", "/a/b/../../index", "/.well-known/x") { Words = ["/", "..", ".", "\\", "%2F", "//", "secret", "site", "\0", "index.html", "~"] }.RunAsync(
                input =>
                {
                    var path = "/" + Encoding.UTF8.GetString(input).TrimStart('/');
                    if (SiteLookup.Find(site, path, DateTimeOffset.UnixEpoch) is SiteFind.Page page)
                        page.File.Path.ShouldBe(Path.Combine(root.FullName, "index.html"), path);
                },
                Ct);
        }
        finally
        {
            Directory.Delete(outside, recursive: true);
        }
    }

    [Fact]
    public Task Requests_are_judged_whatever_their_fields_say() => new Fuzz("GET|/a|shop.example|chunked|5|websocket", "CONNECT|a:1|a|||", "POST|http://a/b|a, b|gzip, chunked||x") { Words = ["|", "chunked", "HTTP/1.0", "\t", "@", "CONNECT", "#", "/"] }.RunAsync(
        input =>
        {
            var parts = Encoding.Latin1.GetString(input).Split('|');
            string Part(int at) => at < parts.Length ? parts[at] : "";
            var http = new DefaultHttpContext();
            http.Request.Method = Part(0);
            http.Request.Protocol = Part(5).Contains("1.0", StringComparison.Ordinal) ? "HTTP/1.0" : "HTTP/1.1";
            http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = Part(1);
            http.Request.Headers.Host = Part(2);
            if (Part(3) is not "")
                http.Request.Headers.TransferEncoding = Part(3);
            if (Part(4) is { Length: > 0 } length)
                http.Request.Headers["X-Content-Length"] = length;
            if (RequestFaults.Find(http.Request) is not null)
                return;

            Part(1).Any(c => c is <= ' ' or '#' or '\x7f').ShouldBeFalse();
            (http.Request.Headers.TransferEncoding.Count is 0 || (Part(3).Equals("chunked", StringComparison.OrdinalIgnoreCase) && Part(4) is "")).ShouldBeTrue();
            Part(2).Any(c => "/\\ ,@?#".Contains(c, StringComparison.Ordinal)).ShouldBeFalse();
        },
        Ct);

    [Fact]
    public async Task What_the_control_socket_is_told_is_checked_before_it_is_used()
    {
        var slice = With(
            [new EdgeRoute("rte_1", RouteKind.Http, "web") { Host = "a.example", PathPrefix = "/x", Tls = new RouteTls(TlsMode.Local) }, new EdgeRoute("rte_2", RouteKind.Tcp, "db") { ListenPort = 15432 }],
            Service("web", new EdgeTarget("i1", "10.0.0.1", 80)),
            Service("db", new EdgeTarget("i2", "::1", 5432)) with { Probe = new ProbeSpec { Kind = ProbeKind.Tcp } });
        var good = JsonSerializer.Serialize(new SwitchRequest("sw_1", 1, slice, TimeSpan.FromSeconds(5)), ControlJson.Default.SwitchRequest);
        var check = new EnvironmentCheck(new CertificateStore(NewDirectory(), TimeProvider.System));
        var compiler = new TableCompiler(TimeProvider.System);
        await new Fuzz(good) { Words = ["null", "[]", "{}", "\"kind\":\"TlsPassthrough\"", "\"host\":\"*.b\"", "-1", "\"\"", "[null]", "\"00:00:00\"", ",", "\\u0000"] }.RunAsync(
            input =>
            {
                SwitchRequest? request;
                try
                {
                    request = JsonSerializer.Deserialize(input, ControlJson.Default.SwitchRequest);
                }
                catch (JsonException)
                {
                    return;
                }

                if (request is null || check.Check(request.Environment, TableSnapshot.Empty) is not (var normal, null))
                    return;
                var outcome = new SwitchOutcome.Switched(DateTimeOffset.UnixEpoch, 1, []);
                var slices = ImmutableSortedDictionary<string, EnvironmentSlice>.Empty.Add(normal.Environment, new EnvironmentSlice(normal, request.Fence, request.Id, outcome));
                compiler.Compile(TableSnapshot.Empty, slices, TargetHealth.Ready, normal.Environment).Match("a.example", "/x/y");
            },
            Ct);
    }

    [Fact]
    public Task A_table_on_the_disk_that_was_changed_is_no_table() => new Fuzz(
        JsonSerializer.Serialize(new StoredTable(3, [new StoredSlice(Simple(new EdgeTarget("i1", "10.0.0.1", 80)), 1, "sw_1", new SwitchOutcome.Switched(DateTimeOffset.UnixEpoch, 3, []))]), TableJson.Default.StoredTable))
    { Words = ["null", "[]", "{}", "\"\"", "-1", ","] }.RunAsync(
        input =>
        {
            try
            {
                _ = JsonSerializer.Deserialize(input, TableJson.Default.StoredTable);
            }
            catch (JsonException)
            {
                // Such a file is skipped at the start.
            }
        },
        Ct);
}
