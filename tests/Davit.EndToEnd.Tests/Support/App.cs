using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace Davit.EndToEnd.Tests.Support;

/// <summary>An app of the test's own: a directory with its files, and the commands about it.</summary>
internal sealed class App(Platform platform, string kind)
{
    public static readonly TimeSpan Soon = TimeSpan.FromSeconds(40);

    public string Name { get; init; } = $"{kind}-{Platform.Unique()}";

    public string Env { get; init; } = "production";

    public string Directory => System.IO.Path.Combine(platform.Home, $"{Name}-{Env}");

    public string Host => $"{Name}-{Env}.localhost";

    public string ApiPath => $"v1/orgs/default/projects/default/apps/{Name}/envs/{Env}";

    public App With(string file, string content)
    {
        var path = System.IO.Path.Combine(Directory, file);
        System.IO.Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return this;
    }

    /// <summary>A service that answers with a word of the release, without a build.</summary>
    /// <param name="more">Lines of the Compose service, four spaces deep.</param>
    public App Saying(string word, string more = "", string davit = "port: 8080, health: { path: /, startup: 10s }") => this
        .With("compose.yaml", $$"""
            services:
              web:
                image: busybox:1
                init: true
                environment: { WORD: {{word}} }
                command: [sh, -c, 'mkdir -p /www/away && echo $$WORD > /www/index.html && exec httpd -f -p 8080 -h /www']
            {{more}}
            """)
        .With("davit.yaml", $"davit: 1\nservices:\n  web: {{ kind: web, {davit} }}\n");

    /// <summary>The same service with another command line for its shell.</summary>
    public App Running(string script, string more = "", string davit = "port: 8080, health: { path: /, startup: 10s }") => this
        .With("compose.yaml", $"""
            services:
              web:
                image: busybox:1
                init: true
                command: [sh, -c, '{script.Replace("'", "''", StringComparison.Ordinal)}']
            {more}
            """)
        .With("davit.yaml", $"davit: 1\nservices:\n  web: {{ kind: web, {davit} }}\n");

    public Program Davit(string verb, IEnumerable<string> arguments, params (string Name, string Value)[] variables)
    {
        var words = verb.Split(' ');
        return platform.Davit([.. words, "--app", Name, "--env", Env, .. arguments], variables);
    }

    public Task<Ended> DavitAsync(string verb, CancellationToken ct, params string[] arguments) => Davit(verb, arguments).RunAsync(ct);

    /// <summary>Makes the app and the environment where they are missing, and brings the directory live.</summary>
    public async Task<Ended> UpAsync(CancellationToken ct) => (await DavitAsync("up", ct, Directory)).ShouldSucceed();

    public Task<Ended> DeployAsync(CancellationToken ct, params string[] arguments) => DavitAsync("deploy", ct, [Directory, .. arguments]);

    public async Task<JsonObject> JsonAsync(string verb, CancellationToken ct, params string[] arguments) =>
        JsonNode.Parse((await DavitAsync(verb, ct, [.. arguments, "--json"])).ShouldSucceed().Out)!.AsObject();

    public Task<JsonObject> StatusAsync(CancellationToken ct) => JsonAsync("status", ct);

    public async Task<string> LabelAsync(CancellationToken ct) => $"davit.env={(string)(await platform.Api.GetAsync(ApiPath, ct))["id"]!}";

    public async Task<string[]> InstancesAsync(CancellationToken ct) => await Engine.NamesAsync(await LabelAsync(ct), ct);

    /// <summary>Waits until the engine holds exactly so many containers of the environment.</summary>
    public async Task<string[]> SettlesAtAsync(int count, CancellationToken ct)
    {
        var label = await LabelAsync(ct);
        return await Eventually.SeesAsync(() => Engine.NamesAsync(label, ct), n => n.Length == count, $"{Name} has {count} container(s)", Soon, ct);
    }

    /// <summary>Asks the edge, as a browser that resolves the host to this machine.</summary>
    public async Task<(HttpStatusCode Status, string Body)> GetAsync(string path, CancellationToken ct)
    {
        using var http = Browser();
        using var answer = await http.GetAsync(path, ct);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(ct));
    }

    public async Task ShouldAnswerAsync(string body, CancellationToken ct)
    {
        var (status, text) = await GetAsync("/", ct);
        status.ShouldBe(HttpStatusCode.OK, text);
        text.Trim().ShouldBe(body);
    }

    public Uri Url => new($"http://{Host}:{platform.HttpPort}/");

    public HttpClient Browser() => new(Handler()) { BaseAddress = Url, Timeout = TimeSpan.FromSeconds(20) };

    public Uri SecureUrl => new($"https://{Host}:{platform.HttpsPort}/");

    public SocketsHttpHandler Handler(Action? connected = null, bool isSecure = false) => new()
    {
        AllowAutoRedirect = false,

        // The certificate is of an authority that this installation has made for itself.
        SslOptions = { RemoteCertificateValidationCallback = static (_, _, _, faults) => faults is SslPolicyErrors.RemoteCertificateChainErrors },
        ConnectCallback = async (_, ct) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(platform.Address, isSecure ? platform.HttpsPort : platform.HttpPort, ct);
            connected?.Invoke();
            return new NetworkStream(socket, ownsSocket: true);
        },
    };
}
