using System.Diagnostics;
using Davit.Drivers.Docker.Engine;
using Davit.Testing;

namespace Davit.Drivers.Docker.Tests.Compose;

/// <summary>The Compose command line, to compare with.</summary>
internal sealed class ComposeCommand(string command, EngineEndpoint engine, string api)
{
    private static readonly string[] Plugins = ["/usr/libexec/docker/cli-plugins", "/usr/lib/docker/cli-plugins", "/usr/local/lib/docker/cli-plugins"];

    /// <exception cref="EngineMissingException">There is none, and none can be had.</exception>
    public static async Task<string> FindAsync(CancellationToken ct)
    {
        if (Plugins.Select(d => Path.Combine(d, "docker-compose")).FirstOrDefault(File.Exists) is { } installed)
            return installed;
        var newer = await EngineProcess.NewerCommandAsync(ct);
        return Path.GetFullPath(Path.Combine(newer, "../../libexec/docker/cli-plugins/docker-compose"));
    }

    public async Task RunAsync(string directory, string[] arguments, CancellationToken ct)
    {
        var start = new ProcessStartInfo(command, arguments)
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = directory,
        };
        start.Environment["DOCKER_HOST"] = engine.Address;
        start.Environment["DOCKER_API_VERSION"] = api;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(ct);
        var errors = process.StandardError.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        await output;
        process.ExitCode.ShouldBe(0, await errors);
    }
}
