using Davit.Drivers.Docker.Engine;
using Davit.Drivers.Docker.Tests.Compliance;
using Davit.Testing;

namespace Davit.Drivers.Docker.Tests.Engines;

/// <summary>An engine that belongs to one test, so that it may be killed, with the image that the tests run.</summary>
internal sealed class PrivateEngine : IAsyncDisposable
{
    private readonly EngineProcess _process;

    private PrivateEngine(EngineProcess process) => _process = process;

    public EngineEndpoint Endpoint => new($"unix://{_process.Socket}");

    /// <param name="how">Which engine, and with what.</param>
    /// <param name="ct">Ends the start.</param>
    /// <exception cref="EngineMissingException">This machine cannot have one.</exception>
    public static async Task<PrivateEngine> StartAsync(EngineWish how, CancellationToken ct)
    {
        var engine = new PrivateEngine(await EngineProcess.StartAsync(how, ct));
        try
        {
            await EngineHttp.CopyImageAsync(DockerBed.Shell, EngineEndpoint.FromEnvironment(), engine.Endpoint, ct);
            return engine;
        }
        catch
        {
            await engine.DisposeAsync();
            throw;
        }
    }

    /// <summary>As for <see cref="StartAsync"/>, but a machine that cannot have one skips the test with the reason.</summary>
    public static async Task<PrivateEngine> StartOrSkipAsync(EngineWish how, CancellationToken ct)
    {
        try
        {
            return await StartAsync(how, ct);
        }
        catch (EngineMissingException missing)
        {
            Assert.Skip(missing.Message);
            throw;
        }
    }

    public Task KillAsync(CancellationToken ct) => _process.KillAsync(ct);

    public Task StartAgainAsync(CancellationToken ct) => _process.StartAgainAsync(ct);

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
