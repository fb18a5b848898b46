using System.Diagnostics;
using System.Globalization;

namespace Davit.Drivers.Docker.Builds;

/// <summary>Finds a docker command line that can build with BuildKit: up to 22 it is built in, later it is the buildx plugin.</summary>
internal static class BuildCommand
{
    private const int LastWithBuiltin = 22;

    public static async Task<string?> FindAsync(string? given, CancellationToken ct)
    {
        var candidates = given is not null ? [given] : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(d => Path.Combine(d, "docker"))
            .Where(File.Exists);
        foreach (var candidate in candidates)
        {
            if (await CanBuildAsync(candidate, ct))
                return candidate;
        }

        return null;
    }

    private static async Task<bool> CanBuildAsync(string command, CancellationToken ct)
    {
        // "Docker version 20.10.24+dfsg1, build 297e128"
        var (exit, version) = await AskAsync(command, ["--version"], ct);
        if (exit is not 0 || version.Split(' ') is not [_, _, var number, ..] || !int.TryParse(number.Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major))
            return false;
        return major <= LastWithBuiltin || (await AskAsync(command, ["buildx", "version"], ct)).Exit is 0;
    }

    private static async Task<(int Exit, string Output)> AskAsync(string command, string[] arguments, CancellationToken ct)
    {
        var start = new ProcessStartInfo(command, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start);
        if (process is null)
            return (-1, "");

        var errors = process.StandardError.ReadToEndAsync(ct);
        var output = await process.StandardOutput.ReadToEndAsync(ct);
        await errors;
        await process.WaitForExitAsync(ct);
        return (process.ExitCode, output);
    }
}
