using System.ComponentModel;
using System.Diagnostics;

namespace Davit.Testing;

/// <summary>Programs and data from the npm registry that judge Davit or stand in for a service: installed once per checkout, beside what is built.</summary>
public static class NpmPackages
{
    private static readonly SemaphoreSlim OneAtATime = new(1, 1);

    /// <param name="packages">Each as NAME@VERSION. No script of theirs is run when they are installed.</param>
    /// <param name="ct">Ends the installation.</param>
    /// <returns>The directory that holds <c>node_modules</c>.</returns>
    /// <exception cref="NpmPackageMissingException">There is no npm on this machine, or no registry that has them.</exception>
    public static async Task<string> InstallAsync(IReadOnlyList<string> packages, CancellationToken ct)
    {
        var home = Path.Combine(Repository.Root, "artifacts", "npm", string.Join('+', packages).Replace('/', '-'));
        await OneAtATime.WaitAsync(ct);
        try
        {
            if (!Directory.Exists(home))
                await FetchAsync(home, packages, ct);
            return home;
        }
        finally
        {
            OneAtATime.Release();
        }
    }

    private static async Task FetchAsync(string home, IReadOnlyList<string> packages, CancellationToken ct)
    {
        var beside = $"{home}.{Environment.ProcessId}";
        Directory.CreateDirectory(beside);
        try
        {
            using var npm = Process.Start(new ProcessStartInfo("npm", ["install", "--prefix", beside, "--no-audit", "--no-fund", "--ignore-scripts", .. packages]) { UseShellExecute = false, RedirectStandardError = true })!;
            var said = await npm.StandardError.ReadToEndAsync(ct);
            await npm.WaitForExitAsync(ct);
            if (npm.ExitCode is not 0)
                throw new NpmPackageMissingException($"npm could not install {string.Join(' ', packages)}: {said.Trim()}");
            Settle(beside, home);
        }
        catch (Win32Exception e)
        {
            throw new NpmPackageMissingException("node and npm are not installed (eng/prerequisites --test installs them)", e);
        }
        finally
        {
            if (Directory.Exists(beside))
                Directory.Delete(beside, recursive: true);
        }
    }

    /// <summary>Another process may have been faster; what it installed is the same.</summary>
    private static void Settle(string beside, string home)
    {
        try
        {
            Directory.Move(beside, home);
        }
        catch (IOException) when (Directory.Exists(home))
        {
        }
    }
}

/// <summary>What was to be tried with the package was not tried.</summary>
public sealed class NpmPackageMissingException(string why, Exception? cause = null) : Exception(why, cause);
