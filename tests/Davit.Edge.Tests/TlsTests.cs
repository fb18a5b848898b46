using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Davit.Edge.Control;
using Davit.Edge.Tests.Support;
using Davit.Model;
using static Davit.Edge.Tests.Support.EdgeFixture;

namespace Davit.Edge.Tests;

public sealed class TlsTests : IAsyncLifetime
{
    private EdgeFixture _edge = null!;
    private Target _target = null!;
    private Target _h2 = null!;
    private TlsTarget _own = null!;

    public async ValueTask InitializeAsync()
    {
        _edge = await StartAsync();
        _target = await Target.StartAsync("plain");
        _h2 = await Target.StartAsync("h2", http2: true);
        _own = new TlsTarget("own.example");
        await _edge.Control.PutCertificateAsync("shop", Upload("shop.example"), Ct);
        var local = new RouteTls(TlsMode.Local, RedirectToHttps: true);
        await _edge.SwitchAsync(With(
            [
                new EdgeRoute("rte_1", RouteKind.Http, "web") { Host = "local.example", Tls = local },
                new EdgeRoute("rte_2", RouteKind.Http, "web") { Host = "shop.example", Tls = new RouteTls(TlsMode.Certificate, "shop") },
                new EdgeRoute("rte_3", RouteKind.Http, "web") { Host = "plain.example" },
                new EdgeRoute("rte_4", RouteKind.TlsPassthrough, "own") { Host = "own.example" },
                new EdgeRoute("rte_5", RouteKind.Http, "grpc") { Host = "h2.example", Tls = new RouteTls(TlsMode.Local) },
                new EdgeRoute("rte_6", RouteKind.TlsPassthrough, "own") { Host = "*.wild.example" },
            ],
            Service("web", _target.Spec),
            Service("grpc", _h2.Spec),
            Service("own", _own.Spec) with { Probe = new ProbeSpec { Kind = ProbeKind.Tcp } }));
    }

    public async ValueTask DisposeAsync()
    {
        await _edge.DisposeAsync();
        await _target.DisposeAsync();
        await _h2.DisposeAsync();
        await _own.DisposeAsync();
    }

    [Theory]
    [InlineData("local.example", "CN=Davit local authority", "1.1")]
    [InlineData("local.example", "CN=Davit local authority", "2.0")]
    [InlineData("shop.example", "CN=shop.example", "2.0")]
    public async Task A_host_is_served_with_its_certificate_over_both_protocols(string host, string issuer, string version)
    {
        string? seen = null;
        using var http = Client(c => seen = c.Issuer);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"https://{host}:{_edge.TlsPort}/x") { Version = Version.Parse(version), VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        using var answer = await http.SendAsync(request, Ct);

        (answer.StatusCode, answer.Version, seen).ShouldBe((HttpStatusCode.OK, Version.Parse(version), issuer));
        (await answer.Content.ReadAsStringAsync(Ct)).ShouldContain("X-Forwarded-Proto: https");
    }

    [Fact]
    public async Task The_local_authority_is_made_once_and_its_key_is_private()
    {
        using var http = Client(_ => { });
        await http.GetAsync($"https://local.example:{_edge.TlsPort}/", Ct);
        var directory = Path.Combine(_edge.Options.Data, "authority");
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(Path.Combine(directory, "local-ca.key")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);

        using var authority = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(directory, "local-ca.crt"));
        var trusted = false;
        using var strict = Client(leaf =>
        {
            using var chain = new X509Chain { ChainPolicy = { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck } };
            chain.ChainPolicy.CustomTrustStore.Add(authority);
            trusted = chain.Build(leaf) && leaf.MatchesHostname("local.example");
        });
        await strict.GetAsync($"https://local.example:{_edge.TlsPort}/", Ct);
        trusted.ShouldBeTrue();
        (await _edge.Control.CertificatesAsync(Ct)).Select(c => (c.Name, c.IsLocal)).ShouldBe([("shop", false), ("local.example", true)]);
    }

    [Fact]
    public async Task Plain_requests_are_redirected_with_path_and_query()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/a%20b?q=1") { Headers = { Host = "local.example" } };
        using var answer = await _edge.Http.SendAsync(request, Ct);

        answer.StatusCode.ShouldBe(HttpStatusCode.PermanentRedirect);
        answer.Headers.Location!.OriginalString.ShouldBe("https://local.example/a%20b?q=1");
    }

    [Fact]
    public async Task A_client_that_named_the_plain_port_is_redirected_to_the_tls_port()
    {
        var tls = Ports.Free();
        await using var edge = await EdgeFixture.StartAsync(o => o with { Https = new IPEndPoint(IPAddress.Loopback, tls) });
        await using var target = await Target.StartAsync();
        var route = new EdgeRoute("rte_1", RouteKind.Http, "web") { Tls = new RouteTls(TlsMode.Local, RedirectToHttps: true) };
        await edge.SwitchAsync(EdgeFixture.With([route], EdgeFixture.Service("web", target.Spec)));

        foreach (var (host, location) in ((string, string)[])[($"a.example:{edge.Port}", $"https://a.example:{tls}/x?y=1"), ("a.example", "https://a.example/x?y=1"), ("a.example.", "https://a.example/x?y=1")])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/x?y=1") { Headers = { Host = host } };
            using var answer = await edge.Http.SendAsync(request, Ct);
            answer.Headers.Location!.OriginalString.ShouldBe(location);
        }
    }

    [Fact]
    public async Task An_unknown_name_ends_the_handshake_and_a_foreign_host_is_421()
    {
        using var http = Client(_ => { });
        await Should.ThrowAsync<HttpRequestException>(() => http.GetAsync($"https://unknown.example:{_edge.TlsPort}/", Ct));

        var answer = await RawTlsAsync("local.example", "GET / HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\n\r\n");
        answer.ShouldStartWith("HTTP/1.1 421");
    }

    [Theory]
    [InlineData("own.example", true)]
    [InlineData("a.wild.example", true)]
    [InlineData("a.b.wild.example", false)]
    public async Task Passthrough_reaches_the_target_that_ends_TLS_itself(string name, bool reaches)
    {
        if (!reaches)
        {
            await Should.ThrowAsync<Exception>(() => RawTlsAsync(name, "ping"));
            return;
        }

        (await RawTlsAsync(name, "ping")).ShouldBe("own:ping");
    }

    [Fact]
    public async Task A_hello_that_comes_byte_by_byte_is_understood()
    {
        var (client, server) = Streams.Pair();
        using var tls = new SslStream(client, leaveInnerStreamOpen: false, Anything);
        var handshake = tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "own.example" }, Ct);
        using var raw = await RawClient.ConnectAsync(_edge.TlsPort);
        var pump = PumpAsync();

        await handshake;
        await tls.WriteAsync("slow"u8.ToArray(), Ct);
        var buffer = new byte[100];
        var read = await tls.ReadAtLeastAsync(buffer, 8, cancellationToken: Ct);
        Encoding.ASCII.GetString(buffer, 0, read).ShouldBe("own:slow");
        await client.DisposeAsync();
        await pump;

        async Task PumpAsync()
        {
            var up = Task.Run(async () =>
            {
                var bytes = new byte[4096];
                int got;
                while ((got = await server.ReadAsync(bytes, Ct)) > 0)
                {
                    for (var i = 0; i < got; i++)
                        await raw.SendAsync(bytes.AsMemory(i, 1));
                }

                raw.Socket.Dispose();
            }, Ct);
            try
            {
                while (await raw.ReadAsync(10) is { Length: > 0 } piece)
                    await server.WriteAsync(Encoding.Latin1.GetBytes(piece), Ct);
            }
            catch (ObjectDisposedException)
            {
                // The test is over.
            }

            await up;
        }
    }

    [Fact]
    public async Task Something_that_is_no_TLS_is_closed() =>
        (await RawClient.ExchangeAsync(_edge.TlsPort, "GET / HTTP/1.1\r\nHost: a\r\n\r\n")).ShouldBe("");

    [Fact]
    public async Task An_HTTP2_target_gets_HTTP2_with_trailers_and_a_WebSocket_client_reaches_it_not()
    {
        using var http = Client(_ => { });
        using var request = new HttpRequestMessage(HttpMethod.Get, $"https://h2.example:{_edge.TlsPort}/trailers") { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        using var answer = await http.SendAsync(request, Ct);

        (await answer.Content.ReadAsStringAsync(Ct)).ShouldBe("body");
        answer.TrailingHeaders.GetValues("X-Sum").ShouldBe(["42"]);
        answer.Headers.GetValues("X-Target").ShouldBe(["h2"]);
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task WebSockets_work_over_TLS_in_both_protocols(string version)
    {
        using var socket = new ClientWebSocket { Options = { HttpVersion = Version.Parse(version), HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact } };
        using var invoker = new HttpMessageInvoker(Handler(_ => { }));
        await socket.ConnectAsync(new Uri($"wss://shop.example:{_edge.TlsPort}/ws"), invoker, Ct);
        await socket.SendAsync("hi"u8.ToArray(), WebSocketMessageType.Text, true, Ct);
        var buffer = new byte[100];
        var got = await socket.ReceiveAsync(buffer, Ct);

        Encoding.UTF8.GetString(buffer, 0, got.Count).ShouldBe("plain:hi");
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "", Ct);
    }

    public static TheoryData<string, string> BadUploads => new()
    {
        { "no pem", "no certificate" },
        { "other key", "not belong" },
        { "expired", "ended at" },
        { "future", "begins only" },
        { "no name", "names no host" },
        { "small key", "too small" },
        { "bad name", "letters" },
    };

    [Theory]
    [MemberData(nameof(BadUploads))]
    public async Task A_certificate_that_cannot_be_used_is_refused_with_its_reason(string what, string words)
    {
        var now = TimeProvider.System.GetUtcNow();
        var upload = what switch
        {
            "no pem" => new CertificateUpload("nothing", "nothing"),
            "other key" => Upload("a.example") with { KeyPem = Upload("b.example").KeyPem },
            "expired" => Upload("a.example", now.AddDays(-9), now.AddDays(-1)),
            "future" => Upload("a.example", now.AddDays(1), now.AddDays(9)),
            "no name" => Upload(""),
            "small key" => Upload("a.example", keySize: 1024),
            _ => Upload("a.example"),
        };

        var refused = await Should.ThrowAsync<ProblemException>(() => _edge.Control.PutCertificateAsync(what is "bad name" ? "a b" : "a", upload, Ct));

        refused.Problem.Code.ShouldBe("DV5008");
        refused.Problem.Detail.ShouldContain(words);
    }

    internal static CertificateUpload Upload(string host, DateTimeOffset? from = null, DateTimeOffset? to = null, int keySize = 2048)
    {
        using var key = RSA.Create(keySize);
        var request = new CertificateRequest($"CN={(host is "" ? "nobody" : host)}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        if (host is not "")
        {
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName(host);
            request.CertificateExtensions.Add(names.Build());
        }

        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(from ?? now.AddDays(-1), to ?? now.AddDays(30));
        return new CertificateUpload(made.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    private async Task<string> RawTlsAsync(string name, string text)
    {
        using var raw = await RawClient.ConnectAsync(_edge.TlsPort);
        await using var tls = new SslStream(new NetworkStream(raw.Socket), leaveInnerStreamOpen: false, Anything);
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = name }, Ct);
        await tls.WriteAsync(Encoding.ASCII.GetBytes(text), Ct);
        var buffer = new byte[4096];
        return Encoding.ASCII.GetString(buffer, 0, await tls.ReadAtLeastAsync(buffer, 8, cancellationToken: Ct));
    }

    /// <summary>The tests look at the certificate themselves; only a missing one fails here.</summary>
    private static bool Anything(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) =>
        !errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable);

    private HttpClient Client(Action<X509Certificate2> seen) => new(Handler(seen));

    private SocketsHttpHandler Handler(Action<X509Certificate2> seen) => new()
    {
        AllowAutoRedirect = false,
        ConnectCallback = async (_, ct) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(IPAddress.Loopback, _edge.TlsPort, ct);
            return new NetworkStream(socket, ownsSocket: true);
        },
        SslOptions = new SslClientAuthenticationOptions
        {
            RemoteCertificateValidationCallback = (sender, certificate, chain, errors) =>
            {
                seen((X509Certificate2)certificate!);
                return Anything(sender, certificate, chain, errors);
            },
        },
    };
}
