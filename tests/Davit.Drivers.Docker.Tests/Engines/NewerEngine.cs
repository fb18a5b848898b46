using Davit.Drivers.Docker.Engine;
using Davit.Drivers.Docker.Tests.Compliance;
using Davit.Drivers.Docker.Tests.Engines;
using Davit.Testing;

[assembly: AssemblyFixture(typeof(NewerEngine))]

namespace Davit.Drivers.Docker.Tests.Engines;

/// <summary>
/// A second, newer engine for the whole run: the one whose socket a variable names, otherwise one of our own, started by the
/// first test that wants it.
/// </summary>
public sealed class NewerEngine : IAsyncDisposable
{
    public const string Variable = "DAVIT_TEST_ENGINE_NEW";

    private readonly Lock _gate = new();
    private Task<PrivateEngine>? _own;

    internal async Task<EngineEndpoint> EndpointAsync()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } socket)
            return new EngineEndpoint($"unix://{socket}");

        try
        {
            return (await OwnAsync()).Endpoint;
        }
        catch (EngineMissingException missing)
        {
            Assert.Skip($"{missing.Message}; start one and name its socket in {Variable}");
            throw;
        }
    }

    internal async ValueTask<Davit.Drivers.Compliance.DriverBed> MakeBedAsync() => new DockerBed(await EndpointAsync());

    public async ValueTask DisposeAsync()
    {
        if (_own is { IsCompletedSuccessfully: true } own)
            await (await own).DisposeAsync();
    }

    private Task<PrivateEngine> OwnAsync()
    {
        lock (_gate)
            return _own ??= StartAsync();
    }

    // Not bound to the test that happens to come first.
    private static async Task<PrivateEngine> StartAsync() =>
        await PrivateEngine.StartAsync(new(await EngineProcess.NewerCommandAsync(CancellationToken.None)), CancellationToken.None);
}
