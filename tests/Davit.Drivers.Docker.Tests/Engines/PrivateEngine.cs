using System.Diagnostics;
using Davit.Drivers.Docker.Engine;
using Davit.Drivers.Docker.Tests.Compliance;
using Davit.Testing;

namespace Davit.Drivers.Docker.Tests.Engines;

/// <summary>An engine that belongs to one test, so that it may be killed. It ends with this process, whatever happens to it.</summary>
internal sealed class PrivateEngine : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly Task<string> _errors;

    private PrivateEngine(Process process, string directory)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        Endpoint = new($"unix://{directory}/docker.sock");
    }

    public EngineEndpoint Endpoint { get; }

    /// <param name="how">Which engine, and with what.</param>
    /// <param name="ct">Ends the start.</param>
    /// <exception cref="EngineMissingException">This machine cannot have one.</exception>
    public static async Task<PrivateEngine> StartAsync(EngineWish how, CancellationToken ct)
    {
        var directory = Path.Combine(Path.GetTempPath(), $"dve-{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString("N")[20..]}");
        var start = Script(["run", directory, how.Command ?? "dockerd", .. how.Flags]);
        if (how.Disk is { } size)
            start.Environment["PRIVATE_ENGINE_DISK"] = size;
        var engine = new PrivateEngine(Process.Start(start)!, directory);
        try
        {
            await engine.AnswerAsync("ready", ct);
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

    /// <summary>Unpacks the engine of the distribution's next release once, and gives its command.</summary>
    /// <exception cref="EngineMissingException">This machine cannot have one.</exception>
    public static async Task<string> NewerCommandAsync(CancellationToken ct)
    {
        var home = Path.Combine(Repository.Root, "artifacts/engines");
        if (Directory.Exists(home) && Directory.EnumerateDirectories(home).Select(d => Path.Combine(d, "usr/sbin/dockerd")).FirstOrDefault(File.Exists) is { } known)
            return known;

        using var process = Process.Start(Script(["newer", home]))!;
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync(ct);
        var command = (await process.StandardOutput.ReadToEndAsync(ct)).Trim();
        await process.WaitForExitAsync(ct);
        return process.ExitCode is 0 ? command : throw new EngineMissingException((await errors).Trim());
    }

    /// <summary>As a crash would; containers go on.</summary>
    public Task KillAsync(CancellationToken ct) => TellAsync("kill", "killed", ct);

    public Task StartAgainAsync(CancellationToken ct) => TellAsync("start", "ready", ct);

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var limit = new CancellationTokenSource(Patience, TimeProvider.System);
        await _process.WaitForExitAsync(limit.Token);
        _process.Dispose();
    }

    private async Task TellAsync(string command, string expected, CancellationToken ct)
    {
        await _process.StandardInput.WriteLineAsync(command.AsMemory(), ct);
        await _process.StandardInput.FlushAsync(ct);
        await AnswerAsync(expected, ct);
    }

    private async Task AnswerAsync(string expected, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(Patience, TimeProvider.System);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        if (await _process.StandardOutput.ReadLineAsync(both.Token) is { } line)
            line.ShouldBe(expected);
        else
            throw new EngineMissingException((await _errors).Trim());
    }

    private static ProcessStartInfo Script(IEnumerable<string> arguments) => new(Path.Combine(Repository.Root, "eng/private-engine"), arguments)
    {
        UseShellExecute = false,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    };
}

/// <param name="Command">The engine's program; null is the machine's own.</param>
internal sealed record EngineWish(string? Command = null, params string[] Flags)
{
    /// <summary>Size of its disk, such as <c>64m</c>.</summary>
    public string? Disk { get; init; }
}

internal sealed class EngineMissingException(string why) : Exception(why);
