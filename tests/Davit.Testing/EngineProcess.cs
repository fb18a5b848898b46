using System.Diagnostics;
using System.Security.Cryptography;
using Shouldly;

namespace Davit.Testing;

/// <summary>An engine that <c>eng/private-engine</c> runs for one test. It ends with this process, whatever happens to it.</summary>
public sealed class EngineProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly Task<string> _errors;

    private EngineProcess(Process process, string directory)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        Directory = directory;
    }

    public string Directory { get; }

    public string Socket => Path.Combine(Directory, "docker.sock");

    /// <summary>The network namespace that it has to itself.</summary>
    public string NetworkSpace => Path.Combine("/run/netns", $"davit-{Path.GetFileName(Directory)}");

    /// <exception cref="EngineMissingException">This machine cannot have one.</exception>
    public static async Task<EngineProcess> StartAsync(EngineWish how, CancellationToken ct)
    {
        var directory = Path.Combine(Path.GetTempPath(), $"dve-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6))}");
        var start = Script(["run", directory, how.Command ?? "dockerd", .. how.Flags]);
        if (how.Disk is { } size)
            start.Environment["PRIVATE_ENGINE_DISK"] = size;
        if (how.Link is { } link)
            start.Environment["PRIVATE_ENGINE_LINK"] = link;
        var engine = new EngineProcess(Process.Start(start)!, directory);
        try
        {
            await engine.AnswerAsync("ready", ct);
            return engine;
        }
        catch
        {
            await engine.DisposeAsync();
            throw;
        }
    }

    /// <summary>Unpacks the engine of the distribution's next release once, and gives its command.</summary>
    /// <exception cref="EngineMissingException">This machine cannot have one.</exception>
    public static async Task<string> NewerCommandAsync(CancellationToken ct)
    {
        var home = Path.Combine(Repository.Root, "artifacts/engines");
        if (System.IO.Directory.Exists(home) && System.IO.Directory.EnumerateDirectories(home).Select(d => Path.Combine(d, "usr/sbin/dockerd")).FirstOrDefault(File.Exists) is { } known)
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

    /// <summary>As a power cut would: its containers and all that runs in its network die too.</summary>
    public Task CutPowerAsync(CancellationToken ct) => TellAsync("cut", "cut", ct);

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
public sealed record EngineWish(string? Command = null, params string[] Flags)
{
    /// <summary>Size of its disk, such as <c>64m</c>.</summary>
    public string? Disk { get; init; }

    /// <summary>The first three numbers of a /24 by which the machine reaches its network: <c>.1</c> is there, <c>.2</c> is the machine.</summary>
    public string? Link { get; init; }
}

public sealed class EngineMissingException(string why) : Exception(why);
