using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Davit.EndToEnd.Tests.Support;

namespace Davit.EndToEnd.Tests;

/// <summary>
/// Secrets are planted in every way there is; after deployments, a failure and a way back they are searched for wherever
/// anything of the platform lies or can be asked, and are nowhere but where they were delivered.
/// </summary>
public sealed class SecretCanaryTests(Platform platform) : IClassFixture<Platform>
{
    private static readonly string[] Ways = ["manifest", "command", "api", "import", "variable", "second"];

    /// <summary>A variable, which is no secret: whoever searches finds it, so the search is one.</summary>
    private readonly string _visible = $"visible-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12))}";

    private readonly Dictionary<string, string> _canaries = Ways.ToDictionary(w => w, w => $"canary-{w}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12))}", StringComparer.Ordinal);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Planted_secrets_are_nowhere_but_where_they_are_delivered()
    {
        var app = new App(platform, "canary");
        Write(app, "exec httpd -f -p 8080 -h /www");
        await PlantAsync(app);

        (await app.DeployAsync(Ct)).ShouldSucceed();
        await app.ShouldAnswerAsync("up", Ct);
        var container = (await app.SettlesAtAsync(1, Ct)).Single();
        foreach (var (file, way) in ((string, string)[])[("brought", "manifest"), ("typed", "command"), ("put", "api"), ("IMPORTED", "import")])
            (await Engine.RunAsync(Ct, "exec", container, "cat", $"/run/secrets/{file}")).ShouldBe(_canaries[way], file);
        (await Engine.RunAsync(Ct, "exec", container, "stat", "-c", "%a %u", "/run/secrets/typed")).ShouldBe("400 0");
        (await Engine.RunAsync(Ct, "exec", container, "sh", "-c", "echo $AS_VARIABLE $URL")).ShouldBe($"{_canaries["variable"]} db://me:{_canaries["variable"]}@x");
        await LogsAsync(app, "***(typed)");

        (await SetAsync(app, "typed", _canaries["second"])).ShouldSucceed();
        Write(app, "cat /run/secrets/typed >&2; exit 7");
        (await app.DeployAsync(Ct)).ShouldFail();
        Write(app, "echo two; exec httpd -f -p 8080 -h /www");
        (await app.DeployAsync(Ct)).ShouldSucceed();
        (await app.DavitAsync("rollback", Ct)).ShouldSucceed();
        container = (await app.SettlesAtAsync(1, Ct)).Single();
        (await Engine.RunAsync(Ct, "exec", container, "cat", "/run/secrets/typed")).ShouldBe(_canaries["command"]);
        (await app.DavitAsync("run", Ct, "web", "--", "sh", "-c", "cat /run/secrets/*; echo $AS_VARIABLE")).ToString().ShouldContain("***(typed)");

        await FilesAsync();
        await AnswersAsync(app);
        await RuntimeAsync(container);
        Nowhere("output of davitd", Encoding.UTF8.GetBytes(string.Join('\n', platform.Output)));
        foreach (var process in Directory.EnumerateDirectories("/proc").Where(p => Path.GetFileName(p).All(char.IsAsciiDigit)))
            Nowhere($"arguments of {process}", Read(Path.Combine(process, "cmdline")));
    }

    [Fact]
    public async Task Values_arrive_byte_for_byte()
    {
        string[] values = ["$HOME ${X} $$ $(id) `id`", "# a=b;c", "\"q\" 'q' \\ \\n", "{\"j\":[1,\"$x\"]}", "a\nb\r\n\tc\n", "ünïcödé 漢字 🦆\u200b\u202e", " both ends ", "", "%s%00", "\u0001\u001b[31m\u007f", new string('x', 32 << 10)];
        var app = new App(platform, "bytes").Saying("up");
        await app.UpAsync(Ct);
        for (var n = 0; n < values.Length; n++)
        {
            var file = Path.Combine(platform.Home, $"value-{n}");
            await File.WriteAllTextAsync(file, values[n], new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), Ct);
            (await app.DavitAsync("variable set", Ct, [$"FILE{n}", "--from-file", file])).ShouldSucceed();
            if (n < values.Length - 1)
                (await app.DavitAsync("variable set", Ct, [$"WORD{n}={values[n]}"])).ShouldSucceed();
        }

        var bytes = RandomNumberGenerator.GetBytes(64 << 10);
        await File.WriteAllBytesAsync(Path.Combine(platform.Home, "bytes"), bytes, Ct);
        (await app.DavitAsync("secret set", Ct, "blob", "--from-file", Path.Combine(platform.Home, "bytes"))).ShouldSucceed();
        app.With("compose.yaml", await File.ReadAllTextAsync(Path.Combine(app.Directory, "compose.yaml"), Ct) + "\n    secrets: [blob]\nsecrets: { blob: { external: true } }\n");
        (await app.DeployAsync(Ct)).ShouldSucceed();

        var container = (await app.SettlesAtAsync(1, Ct)).Single();
        var environment = Encoding.UTF8.GetString((await new Program("docker", ["exec", container, "cat", "/proc/self/environ"]).RunAsync(Ct)).ShouldSucceed().Output)
            .Split('\0').Select(v => v.Split('=', 2)).Where(v => v.Length is 2).ToDictionary(v => v[0], v => v[1], StringComparer.Ordinal);
        for (var n = 0; n < values.Length; n++)
        {
            environment[$"FILE{n}"].ShouldBe(values[n]);
            if (n < values.Length - 1)
                environment[$"WORD{n}"].ShouldBe(values[n]);
        }

        (await new Program("docker", ["exec", container, "cat", "/run/secrets/blob"]).RunAsync(Ct)).ShouldSucceed().Output.ShouldBe(bytes);
    }

    [Fact]
    public async Task Keys_are_rotated_while_the_server_runs()
    {
        var app = new App(platform, "keys").Saying("up");
        await app.UpAsync(Ct);
        (await SetAsync(app, "token", _canaries["command"])).ShouldSucceed();

        var rotated = (await new Program(Binaries.Davitd, ["keys", "rotate", "--data", platform.Data]).RunAsync(Ct)).ShouldSucceed();

        rotated.Out.ShouldContain("present");
        (await platform.Api.IsUpAsync(Ct)).ShouldBeTrue();
        app.With("compose.yaml", await File.ReadAllTextAsync(Path.Combine(app.Directory, "compose.yaml"), Ct) + "\n    secrets: [token]\nsecrets: { token: { external: true } }\n");
        (await app.DeployAsync(Ct)).ShouldSucceed();
        (await Engine.RunAsync(Ct, "exec", (await app.SettlesAtAsync(1, Ct)).Single(), "cat", "/run/secrets/token")).ShouldBe(_canaries["command"]);
        (await new Program(Binaries.Davitd, ["keys", "status", "--data", platform.Data]).RunAsync(Ct)).ShouldSucceed().Out.ShouldContain("unused");
    }

    private void Write(App app, string end)
    {
        app.With("brought.txt", _canaries["manifest"]);
        app.With("Dockerfile", "FROM busybox:1\nCOPY . /src\nRUN mkdir /www && echo up > /www/index.html\n");
        app.With("compose.yaml", $$"""
            services:
              web:
                build: .
                init: true
                command: [sh, -c, 'cat /run/secrets/*; echo; echo $$AS_VARIABLE; base64 /run/secrets/typed; {{end}}']
                secrets: [brought, typed, put, IMPORTED]
            secrets:
              brought: { file: ./brought.txt }
              typed: { external: true }
              put: { external: true }
              IMPORTED: { external: true }
            """);
        app.With("davit.yaml", "davit: 1\nservices:\n  web: { kind: web, port: 8080, health: { path: /, startup: 10s } }\n");
    }

    private async Task PlantAsync(App app)
    {
        (await app.DavitAsync("app create", Ct, app.Name)).ShouldSucceed();
        (await app.DavitAsync("env create", Ct, app.Env)).ShouldSucceed();
        (await SetAsync(app, "typed", _canaries["command"])).ShouldSucceed();
        (await SetAsync(app, "AS_VARIABLE", _canaries["variable"], "--deliver", "env")).ShouldSucceed();
        (await app.DavitAsync("variable set", Ct, $"VISIBLE={_visible}")).ShouldSucceed();
        (await app.DavitAsync("variable set", Ct, "URL=db://me:${secret.AS_VARIABLE}@x", "--template")).ShouldSucceed();
        (await (app.Davit("secret import", ["--from", "-"]) with { Input = Encoding.UTF8.GetBytes($"IMPORTED={_canaries["import"]}\n") }).RunAsync(Ct)).ShouldSucceed();
        using var body = new StringContent(new JsonObject { ["values"] = new JsonObject { ["put"] = _canaries["api"] } }.ToJsonString(), MediaTypeHeaderValue.Parse("application/json"));
        (await platform.Api.PostAsync($"{app.ApiPath}/secret-imports", body, $"canary-{Platform.Unique()}", Ct)).IsSuccessStatusCode.ShouldBeTrue();
    }

    private static Task<Ended> SetAsync(App app, string name, string value, params string[] more) =>
        (app.Davit("secret set", [name, "--from-file", "-", .. more]) with { Input = Encoding.UTF8.GetBytes(value) }).RunAsync(Ct);

    private static Task<string> LogsAsync(App app, string part) =>
        Eventually.SeesAsync(async () => (await app.DavitAsync("logs", Ct)).ShouldSucceed().Out, l => l.Contains(part, StringComparison.Ordinal), $"the logs hold {part}", App.Soon, Ct);

    /// <summary>Everything below the data directory: tables, write-ahead log and temporary files of the database, sources, content, logs.</summary>
    private async Task FilesAsync()
    {
        await new Program("sync", []).RunAsync(Ct);
        var seen = 0;
        foreach (var file in Directory.EnumerateFiles(platform.Data, "*", SearchOption.AllDirectories))
        {
            var bytes = Read(file);
            Nowhere(file, bytes);
            seen += bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(_visible)) >= 0 ? 1 : 0;
        }

        seen.ShouldBeGreaterThan(0);
    }

    private async Task AnswersAsync(App app)
    {
        foreach (var path in (string[])["deployments", "secrets", "secrets/typed", "secrets/typed/versions", "secrets/typed/preview", "variables", "configuration", "configuration?service=web", "status", "instances", "logs"])
            Nowhere(path, Encoding.UTF8.GetBytes((await app.DavitAsync("events", Ct)).ToString() + await TextAsync($"{app.ApiPath}/{path}")));
        foreach (var path in (string[])["v1/orgs/default/receipts", "v1/orgs/default/events", "v1/orgs/default/projects/default/apps/" + app.Name + "/releases"])
            Nowhere(path, Encoding.UTF8.GetBytes(await TextAsync(path)));
        foreach (var deployment in (await platform.Api.GetAsync($"{app.ApiPath}/deployments", Ct))["items"]!.AsArray())
        {
            Nowhere("a deployment", Encoding.UTF8.GetBytes(await TextAsync($"{app.ApiPath}/deployments/{deployment!["id"]}")));
            Nowhere("a receipt", Encoding.UTF8.GetBytes((await app.DavitAsync("receipt get", Ct, (string)deployment["id"]!)).ToString()));
        }

        Nowhere("the plan", Encoding.UTF8.GetBytes((await app.DavitAsync("plan", Ct, app.Directory)).ToString()));
        Nowhere("the logs", Encoding.UTF8.GetBytes((await app.DavitAsync("logs", Ct)).ToString()));
    }

    private Task<string> TextAsync(string path) => platform.Api.GetTextAsync(path, Ct);

    /// <summary>The engine shows the one that was asked for as a variable, and nothing else; the image holds none.</summary>
    private async Task RuntimeAsync(string container)
    {
        var inspected = await Engine.InspectAsync(container, Ct);
        var environment = inspected["Config"]!["Env"]!.AsArray().Select(e => (string)e!).ToList();
        environment.Count(e => e.Contains(_canaries["variable"], StringComparison.Ordinal)).ShouldBe(2);
        inspected["Config"]!["Env"] = new JsonArray([.. environment.Where(e => !e.Contains(_canaries["variable"], StringComparison.Ordinal)).Select(e => JsonValue.Create(e))]);
        Nowhere("docker inspect", Encoding.UTF8.GetBytes(inspected.ToJsonString()));
        inspected["Mounts"]!.AsArray().Select(m => (string)m!["Source"]!).Where(s => s.Contains("/secrets/", StringComparison.Ordinal)).Count().ShouldBe(4);

        var image = (string)inspected["Image"]!;
        Nowhere("image", (await new Program("docker", ["save", image]).RunAsync(Ct)).ShouldSucceed().Output);
        Nowhere("history", Encoding.UTF8.GetBytes(await Engine.RunAsync(Ct, "history", "--no-trunc", image)));
    }

    private void Nowhere(string where, byte[] bytes)
    {
        foreach (var (way, canary) in _canaries)
        {
            var raw = Encoding.UTF8.GetBytes(canary);
            foreach (var form in (byte[][])[raw, Encoding.ASCII.GetBytes(Convert.ToBase64String(raw)[..^4]), Encoding.ASCII.GetBytes(Convert.ToHexStringLower(raw))])
                bytes.AsSpan().IndexOf(form).ShouldBe(-1, $"the secret that was planted by {way} is in {where}");
        }
    }

    private static byte[] Read(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var all = new MemoryStream();
            file.CopyTo(all);
            return all.ToArray();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Sockets, and what is gone by now.
            return [];
        }
    }
}
