using System.Net.Sockets;
using System.Text;
using Davit.Drivers.Compliance;
using Davit.Drivers.Docker.Tests.Compliance;
using Davit.Planning.Instances;

namespace Davit.Drivers.Docker.Tests.Driver;

public sealed class SecretLeakTests : IAsyncDisposable
{
    private readonly DockerBed _bed = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task A_secret_is_in_no_answer_of_the_engine_and_gone_with_its_instance()
    {
        var value = $"s3cret-{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}";
        var driver = _bed.Open();
        var spec = _bed.Spec(new Workload.Idles()) with { Files = [new("/run/secrets/key", new FileContent.Secret("key", "1", [.. Encoding.UTF8.GetBytes(value)]))] };
        await driver.CreateInstanceAsync(spec, Ct);
        await driver.StartInstanceAsync(spec.Name, Ct);

        var inspected = await AskAsync($"/containers/{spec.Name}/json?size=1");
        inspected.ShouldContain(spec.Name);
        inspected.ShouldNotContain(value);
        (await AskAsync($"/containers/{spec.Name}/changes")).ShouldNotContain(value);
        spec.ToString().ShouldNotContain(value);
        Encoding.UTF8.GetString(SpecHash.Canonical(spec)).ShouldNotContain(value);

        var source = inspected.Split('"').First(t => t.EndsWith($"/{spec.Name}/0", StringComparison.Ordinal) && t.StartsWith('/') && !t.Contains(':', StringComparison.Ordinal));
        (await File.ReadAllTextAsync(source, Ct)).ShouldBe(value);
        new DirectoryInfo(Path.GetDirectoryName(source)!).UnixFileMode.ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await driver.RemoveInstanceAsync(spec.Name, Ct);
        Directory.Exists(Path.GetDirectoryName(source)).ShouldBeFalse();
    }

    private async Task<string> AskAsync(string path)
    {
        using var http = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (_, ct) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(_bed.Endpoint.Address["unix://".Length..]), ct);
                return new NetworkStream(socket, ownsSocket: true);
            },
        });
        return await http.GetStringAsync(new Uri("http://engine" + path), Ct);
    }
}
