using System.Net;
using System.Net.Sockets;
using Davit.Drivers.Compliance;
using Davit.Drivers.Docker.Tests.Compliance;
using Davit.Drivers.Images;
using Davit.Model;
using Davit.Planning.Instances;

namespace Davit.Drivers.Docker.Tests.Driver;

/// <summary>Pulling from registries that refuse, fail or do not answer. The registry is a script of this test: a real one cannot be made to fail on demand.</summary>
public sealed class RegistryTests : IAsyncLifetime
{
    private readonly DockerBed _bed = new();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly System.Collections.Concurrent.ConcurrentQueue<string> _seen = new();
    private string _answer = "";
    private Task _serving = Task.CompletedTask;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Host => $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    public ValueTask InitializeAsync()
    {
        _listener.Start();
        _serving = Task.Run(ServeAsync, Ct);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _serving;
        _stop.Dispose();
        await _bed.DisposeAsync();
    }

    [Theory]
    [InlineData("401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"x\"", "", "image-auth")]
    [InlineData("404 Not Found", "{\"errors\":[{\"code\":\"MANIFEST_UNKNOWN\",\"message\":\"manifest unknown\"}]}", "image-not-found")]
    [InlineData("429 Too Many Requests", "{\"errors\":[{\"code\":\"TOOMANYREQUESTS\",\"message\":\"slow down please\"}]}", "image-unreachable")]
    public async Task What_a_registry_answers_has_its_own_reason(string head, string body, string expected)
    {
        _answer = $"HTTP/1.1 {head}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}";

        var problem = (await Should.ThrowAsync<ProblemException>(() => _bed.Open().ResolveImageAsync(new($"{Host}/shop/web:1"), Ct))).Problem;

        problem.Name.ShouldBe(expected, problem.Detail);
        problem.Detail.ShouldContain($"{Host}/shop/web:1");
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 25\r\nConnection: close\r\n\r\n<html>a login page</html>")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n[]")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: application/vnd.docker.distribution.manifest.v2+json\r\nContent-Length: 100000\r\nConnection: close\r\n\r\n{\"schemaVersion\":2,")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: application/vnd.docker.distribution.manifest.v2+json\r\nDocker-Content-Digest: sha256:0000\r\nContent-Length: 19\r\nConnection: close\r\n\r\n{\"schemaVersion\":2}")]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: /v2/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")]
    [InlineData("HTTP/1.1 999 \u0000\u0001\r\n\r\n")]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n")]
    [InlineData("")]
    public async Task A_registry_that_answers_garbage_ends_in_a_problem_about_the_image(string answer)
    {
        _answer = answer;

        var problem = (await Should.ThrowAsync<ProblemException>(() => _bed.Open().ResolveImageAsync(new($"{Host}/shop/web:1"), Ct))).Problem;

        problem.Name.ShouldBeOneOf("image-unreachable", "image-not-found");
        problem.Detail.ShouldContain($"{Host}/shop/web:1");
        problem.Hint.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Credentials_reach_the_registry_of_a_pull_and_of_a_build()
    {
        _answer = "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        var expected = "Authorization: Basic " + Convert.ToBase64String("mate:p:w"u8);
        var driver = _bed.Open();
        var directory = Directory.CreateTempSubdirectory("davit-login").FullName;
        await File.WriteAllTextAsync(Path.Combine(directory, "Dockerfile"), $"FROM {Host}/shop/base:1\n", Ct);

        await Should.ThrowAsync<ProblemException>(() => driver.ResolveImageAsync(new($"{Host}/shop/web:1") { Credentials = new("mate", "p:w") }, Ct));
        _seen.ShouldContain(r => r.Contains(expected, StringComparison.Ordinal));
        _seen.Clear();
        await Should.ThrowAsync<ProblemException>(() => driver.BuildImageAsync(new(directory, $"{_bed.Name()}:1") { Logins = [new(Host, new("mate", "p:w"))] }, (_, _) => ValueTask.CompletedTask, Ct));
        _seen.ShouldContain(r => r.Contains(expected, StringComparison.Ordinal));
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task A_registry_that_is_not_there_is_unreachable()
    {
        var host = Host;
        _listener.Stop();

        var problem = (await Should.ThrowAsync<ProblemException>(() => _bed.Open().ResolveImageAsync(new($"{host}/shop/web:1"), Ct))).Problem;

        problem.Name.ShouldBe("image-unreachable", problem.Detail);
    }

    [Fact]
    public async Task An_image_that_exists_only_here_resolves_though_its_registry_is_asked_in_vain()
    {
        var driver = _bed.Open();
        var sight = await driver.ResolveImageAsync(new(_bed.KnownImage) { Pull = PullPolicy.Never }, Ct);
        Assert.SkipUnless(sight.RepoDigests.IsEmpty, "the engine pulled this image from a registry");

        (await driver.ResolveImageAsync(new(_bed.KnownImage) { Pull = PullPolicy.Always }, Ct)).Pinned.ShouldBe(sight.Id);
    }

    [Fact]
    public async Task A_pushed_image_resolves_to_the_digest_of_its_registry()
    {
        var driver = _bed.Open();
        Assert.SkipWhen(await driver.InspectImageAsync("registry:2", Ct) is null, "no image registry:2 on this engine");
        var spec = _bed.Spec(new Workload.Idles());
        var network = new NetworkSpec(_bed.Name("net"), _bed.Owner);
        await driver.EnsureNetworkAsync(network, Ct);
        spec = spec with { Image = "registry:2", Process = new(), Connectivity = new() { Networks = [new(network.Name, [])], Ports = [new(5000, 0, "127.0.0.1")] } };
        await driver.CreateInstanceAsync(spec, Ct);
        var port = (await driver.StartInstanceAsync(spec.Name, Ct)).Ports[0].HostPort;
        var reference = $"127.0.0.1:{port}/shop/web:1";
        await DockerAsync("tag", "busybox:1", reference);
        await PushedAsync(reference);

        var pushed = await driver.ResolveImageAsync(new(reference) { Pull = PullPolicy.Always }, Ct);
        await driver.RemoveImageAsync(reference, Ct);
        await driver.RemoveImageAsync(pushed.Pinned, Ct);
        var pulled = await driver.ResolveImageAsync(new(pushed.Pinned), Ct);

        pushed.Pinned.ShouldStartWith($"127.0.0.1:{port}/shop/web@sha256:");
        pulled.Pinned.ShouldBe(pushed.Pinned);
        await driver.RemoveImageAsync(pulled.Pinned, Ct);
    }

    private static async Task PushedAsync(string reference)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (await DockerAsync("push", reference) is not 0)
        {
            TimeProvider.System.GetElapsedTime(begun).ShouldBeLessThan(TimeSpan.FromSeconds(20));
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Ct);
        }
    }

    private static async Task<int> DockerAsync(params string[] arguments)
    {
        using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("docker", arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        await Task.WhenAll(process.StandardOutput.ReadToEndAsync(Ct), process.StandardError.ReadToEndAsync(Ct));
        await process.WaitForExitAsync(Ct);
        return process.ExitCode;
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                await using var stream = client.GetStream();
                var buffer = new byte[8192];
                var read = await stream.ReadAsync(buffer, _stop.Token);
                _seen.Enqueue(System.Text.Encoding.ASCII.GetString(buffer, 0, read));
                if (read > 0)
                    await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(_answer), _stop.Token);
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // The test is over, or has stopped the registry.
        }
    }
}
