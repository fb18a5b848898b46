using System.Collections.Immutable;
using System.IO.Compression;
using System.Net;
using System.Text;
using Davit.Edge.Control;
using Davit.Edge.Tests.Support;
using static Davit.Edge.Tests.Support.EdgeFixture;

namespace Davit.Edge.Tests;

public sealed class StaticSiteTests : IAsyncLifetime
{
    private readonly string _root = NewDirectory();
    private readonly string _next = NewDirectory();
    private EdgeFixture _edge = null!;

    public async ValueTask InitializeAsync()
    {
        _edge = await StartAsync();
        Write("index.html", "<h1>home</h1>");
        Write("about.html", "about");
        Write("docs/index.html", "docs");
        Write("404.html", "nothing here");
        Write("assets/app.3f9a1b2c.js", new string('j', 5000));
        Write("plain.txt", "0123456789");
        Write("sp ace/ü.txt", "umlaut");
        Write(".env", "SECRET=1");
        Write(".well-known/security.txt", "contact");
        await using (var gzip = new GZipStream(File.Create(Path.Combine(_root, "assets/app.3f9a1b2c.js.gz")), CompressionLevel.Fastest))
            await gzip.WriteAsync(Encoding.ASCII.GetBytes(new string('j', 5000)), Ct);

        await using (var brotli = new BrotliStream(File.Create(Path.Combine(_root, "assets/app.3f9a1b2c.js.br")), CompressionLevel.Fastest))
            await brotli.WriteAsync(Encoding.ASCII.GetBytes(new string('j', 5000)), Ct);

        File.CreateSymbolicLink(Path.Combine(_root, "passwd"), "/etc/passwd");
        File.CreateSymbolicLink(Path.Combine(_root, "etc"), "/etc");
        File.CreateSymbolicLink(Path.Combine(_root, "inside.txt"), Path.Combine(_root, "plain.txt"));
        await _edge.SwitchAsync(Site(new StaticSite(_root) { Headers = [new HeaderRule("/plain*", ImmutableDictionary<string, string>.Empty.Add("X-Rule", "yes").Add("Cache-Control", "max-age=5"))] }));
    }

    public async ValueTask DisposeAsync()
    {
        await _edge.DisposeAsync();
        Directory.Delete(_root, recursive: true);
        Directory.Delete(_next, recursive: true);
    }

    [Fact]
    public async Task A_file_that_somebody_damaged_and_davitd_put_back_is_served_as_it_was()
    {
        using var before = await _edge.Http.GetAsync("/plain.txt", Ct);
        Write("plain.txt", "9876543210");
        using var damaged = await _edge.Http.GetAsync("/plain.txt", Ct);
        (await damaged.Content.ReadAsStringAsync(Ct)).ShouldBe("9876543210");
        damaged.Headers.ETag.ShouldNotBe(before.Headers.ETag, "a cache must not keep it under the tag of the right one");

        File.Delete(Path.Combine(_root, "plain.txt"));
        (await _edge.Http.GetAsync("/plain.txt", Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        Write("plain.txt", "0123456789");
        await Eventually.ShouldBeAsync(
            async () =>
            {
                using var after = await _edge.Http.GetAsync("/plain.txt", Ct);
                return (after.StatusCode, after.Headers.ETag);
            },
            (HttpStatusCode.OK, before.Headers.ETag));
    }

    [Theory]
    [InlineData("/", 200, "<h1>home</h1>", "text/html; charset=utf-8")]
    [InlineData("/index.html", 200, "<h1>home</h1>", "text/html; charset=utf-8")]
    [InlineData("/about", 200, "about", "text/html; charset=utf-8")]
    [InlineData("/docs/", 200, "docs", "text/html; charset=utf-8")]
    [InlineData("/plain.txt?x=1", 200, "0123456789", "text/plain; charset=utf-8")]
    [InlineData("/sp%20ace/%C3%BC.txt", 200, "umlaut", "text/plain; charset=utf-8")]
    [InlineData("/inside.txt", 200, "0123456789", "text/plain; charset=utf-8")]
    [InlineData("/.well-known/security.txt", 200, "contact", "text/plain; charset=utf-8")]
    [InlineData("/missing", 404, "nothing here", "text/html; charset=utf-8")]
    [InlineData("/.env", 404, "nothing here", "text/html; charset=utf-8")]
    [InlineData("/passwd", 404, "nothing here", "text/html; charset=utf-8")]
    [InlineData("/etc/passwd", 404, "nothing here", "text/html; charset=utf-8")]
    [InlineData("/assets/", 404, "nothing here", "text/html; charset=utf-8")]
    [InlineData("/..%2f..%2fetc/passwd", 404, "nothing here", "text/html; charset=utf-8")]
    [InlineData("/docs//index.html", 404, "nothing here", "text/html; charset=utf-8")]
    public async Task A_path_leads_to_its_file_or_nowhere(string path, int status, string body, string type)
    {
        using var answer = await _edge.Http.GetAsync(path, Ct);

        ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(Ct), answer.Content.Headers.ContentType!.ToString()).ShouldBe((status, body, type));
    }

    [Fact]
    public async Task Raw_dot_segments_and_other_methods_get_nothing()
    {
        (await RawClient.ExchangeAsync(_edge.Port, "GET /../../etc/passwd HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")).ShouldNotContain("root:");
        (await RawClient.ExchangeAsync(_edge.Port, "GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")).ShouldNotContain("root:");
        (await _edge.Http.PostAsync("/", null, Ct)).StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        using var slash = await _edge.Http.GetAsync("/docs?a=1", Ct);
        (slash.StatusCode, slash.Headers.Location!.OriginalString).ShouldBe((HttpStatusCode.PermanentRedirect, "/docs/?a=1"));
    }

    [Fact]
    public async Task Validators_ranges_and_head_follow_the_rules()
    {
        using var first = await _edge.Http.GetAsync("/plain.txt", Ct);
        var etag = first.Headers.ETag!;
        etag.IsWeak.ShouldBeFalse();
        (first.Headers.GetValues("X-Rule").Single(), first.Headers.CacheControl!.ToString()).ShouldBe(("yes", "max-age=5"));

        (await SendAsync("/plain.txt", ("If-None-Match", etag.Tag))).ShouldBe((304, ""));
        (await SendAsync("/plain.txt", ("If-None-Match", "\"other\", W/" + etag.Tag))).ShouldBe((304, ""));
        (await SendAsync("/plain.txt", ("Range", "bytes=2-4"))).ShouldBe((206, "234"));
        (await SendAsync("/plain.txt", ("Range", "bytes=7-"))).ShouldBe((206, "789"));
        (await SendAsync("/plain.txt", ("Range", "bytes=-2"))).ShouldBe((206, "89"));
        (await SendAsync("/plain.txt", ("Range", "bytes=10-"))).Status.ShouldBe(416);
        (await SendAsync("/plain.txt", ("Range", "bytes=0-1,3-4"))).ShouldBe((200, "0123456789"));
        (await SendAsync("/plain.txt", ("Range", "bytes=2-4"), ("If-Range", etag.Tag))).ShouldBe((206, "234"));
        (await SendAsync("/plain.txt", ("Range", "bytes=2-4"), ("If-Range", "\"old\""))).ShouldBe((200, "0123456789"));
        var head = await RawClient.ExchangeAsync(_edge.Port, "HEAD /plain.txt HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        head.ShouldContain("Content-Length: 10\r\n");
        head.ShouldEndWith("\r\n\r\n");
    }

    [Theory]
    [InlineData("br, gzip", "br")]
    [InlineData("gzip", "gzip")]
    [InlineData("br;q=0, gzip", "gzip")]
    [InlineData("identity", "")]
    public async Task A_compressed_copy_is_sent_to_those_who_take_it(string accepted, string coding)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/assets/app.3f9a1b2c.js") { Headers = { { "Accept-Encoding", accepted } } };
        using var answer = await _edge.Http.SendAsync(request, Ct);

        string.Concat(answer.Content.Headers.ContentEncoding).ShouldBe(coding);
        answer.Headers.Vary.ShouldBe(["Accept-Encoding"]);
        answer.Headers.CacheControl!.ToString().ShouldContain("immutable");
        (await answer.Content.ReadAsByteArrayAsync(Ct)).Length.ShouldBe(coding is "" ? 5000 : (int)answer.Content.Headers.ContentLength!);
    }

    [Fact]
    public async Task Assets_of_the_release_before_stay_reachable_and_pages_do_not_mix()
    {
        Write("index.html", "<h1>next</h1>", _next);
        await _edge.SwitchAsync(Site(new StaticSite(_next)));

        (await SendAsync("/")).ShouldBe((200, "<h1>next</h1>"));
        (await SendAsync("/assets/app.3f9a1b2c.js")).Status.ShouldBe(200);

        await _edge.SwitchAsync(Site(new StaticSite(_next) { KeepPreviousAssets = false }));
        (await SendAsync("/assets/app.3f9a1b2c.js")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_single_page_application_answers_every_page_with_its_index()
    {
        await _edge.SwitchAsync(Site(new StaticSite(_root) { SinglePage = true }));

        (await SendAsync("/deep/link")).ShouldBe((200, "<h1>home</h1>"));
        (await SendAsync("/deep/missing.js")).Status.ShouldBe(404);
    }

    private static EdgeEnvironment Site(StaticSite site) => Simple(Service("site") with { Site = site });

    private async Task<(int Status, string Body)> SendAsync(string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);

        using var answer = await _edge.Http.SendAsync(request, Ct);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(Ct));
    }

    private void Write(string path, string text, string? root = null)
    {
        var full = Path.Combine(root ?? _root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }
}
