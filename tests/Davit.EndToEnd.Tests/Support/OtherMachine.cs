using System.Net;
using System.Security.Cryptography;
using Davit.Testing;

namespace Davit.EndToEnd.Tests.Support;

/// <summary>An engine and a network of their own, standing for a machine whose power a test may cut.</summary>
internal sealed class OtherMachine : IAsyncDisposable
{
    private readonly EngineProcess _engine;

    private OtherMachine(EngineProcess engine, string link) => (_engine, Address) = (engine, IPAddress.Parse($"{link}.1"));

    /// <summary>Where this machine reaches what listens there.</summary>
    public IPAddress Address { get; }

    public string Socket => _engine.Socket;

    public static async Task<OtherMachine> StartOrSkipAsync(CancellationToken ct)
    {
        // One of 2,048 blocks beside those that networks of ours are taken from, so that another copy seldom has the same.
        var bytes = RandomNumberGenerator.GetBytes(2);
        var link = $"10.{216 + (bytes[0] % 8)}.{bytes[1]}";
        try
        {
            var machine = new OtherMachine(await EngineProcess.StartAsync(new() { Link = link }, ct), link);
            await machine.CopyImageAsync("busybox:1", ct);
            return machine;
        }
        catch (EngineMissingException missing)
        {
            Assert.Skip(missing.Message);
            throw;
        }
    }

    public (string Program, string[] Arguments) Run(string program, string[] arguments) => ("nsenter", [$"--net={_engine.NetworkSpace}", "--", program, .. arguments]);

    /// <summary>Everything that runs there is dead at once, and what lay in memory is lost.</summary>
    public Task CutPowerAsync(CancellationToken ct) => _engine.CutPowerAsync(ct);

    /// <summary>The engine only, as the first thing a booting machine starts.</summary>
    public Task BootAsync(CancellationToken ct) => _engine.StartAgainAsync(ct);

    public Task<Ended> DockerAsync(CancellationToken ct, params string[] arguments) => new Program("docker", ["--host", $"unix://{Socket}", .. arguments]).RunAsync(ct);

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    private async Task CopyImageAsync(string image, CancellationToken ct)
    {
        var saved = (await new Program("docker", ["save", image]).RunAsync(ct)).ShouldSucceed();
        (await new Program("docker", ["--host", $"unix://{Socket}", "load"]) { Input = saved.Output }.RunAsync(ct)).ShouldSucceed();
    }
}
