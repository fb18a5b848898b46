using Davit.Drivers.Compliance;
using Davit.Drivers.Docker.Tests.Compliance;
using Davit.Drivers.Exec;
using Davit.Model;

namespace Davit.Drivers.Docker.Tests.Engine;

public sealed class TlsTests : IAsyncDisposable
{
    private readonly DockerBed _bed = new();
    private readonly TlsFront _front;

    public TlsTests() => _front = new(_bed.Endpoint);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _front.DisposeAsync();
        await _bed.DisposeAsync();
    }

    [Fact]
    public async Task An_engine_behind_mutual_tls_is_spoken_to_and_one_direction_can_be_ended()
    {
        await using var driver = new DockerDriver(new(_bed.Owner.Installation) { Endpoint = _front.Endpoint }, TimeProvider.System);
        var spec = _bed.Spec(new Workload.Idles());
        await driver.CreateInstanceAsync(spec, Ct);
        await driver.StartInstanceAsync(spec.Name, Ct);
        await using var session = await driver.ExecAsync(spec.Name, new ExecSpec(["sh", "-c", "cat; echo end"]) { Stdin = true }, Ct);

        await session.WriteAsync("tea\n"u8.ToArray(), Ct);
        await session.CloseInputAsync(Ct);

        var (buffer, text) = (new byte[100], "");
        for (var read = await session.ReadAsync(buffer, Ct); read.Count > 0; read = await session.ReadAsync(buffer, Ct))
            text += System.Text.Encoding.UTF8.GetString(buffer, 0, read.Count);
        text.ShouldBe("tea\nend\n");
        (await driver.DescribeAsync(Ct)).Capabilities.HasFlag(DriverCapabilities.ListeningSockets).ShouldBeFalse();
    }

    [Fact]
    public async Task Without_a_certificate_of_the_authority_the_engine_is_unreachable()
    {
        await using var driver = new DockerDriver(new(_bed.Owner.Installation) { Endpoint = _front.Endpoint with { Tls = _front.Client("stranger", isTrusted: false) } }, TimeProvider.System);

        (await Should.ThrowAsync<ProblemException>(() => driver.DescribeAsync(Ct))).Problem.Name.ShouldBe("runtime-unreachable");
    }
}
