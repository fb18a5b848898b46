using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Davit.Testing;

namespace Davit.ControlPlane.Tests.SignOn;

/// <summary>Runs what stands beside the tests in JavaScript, with the real packages of others.</summary>
internal static class NodePrograms
{
    private static readonly string[] Packages = ["oidc-provider@9.13.3", "jose@6.1.3"];

    /// <exception cref="NpmPackageMissingException">There is no node, or no registry.</exception>
    public static async Task<Process> StartAsync(string program, JsonObject input, CancellationToken ct)
    {
        var node = Process.Start(new ProcessStartInfo("node", [await PlaceAsync(program, ct)]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true })!;
        await node.StandardInput.WriteAsync(input.ToJsonString());
        node.StandardInput.Close();
        return node;
    }

    /// <summary>Modules are found from where the program lies, so it lies beside them, under a name that changes with it.</summary>
    private static async Task<string> PlaceAsync(string program, CancellationToken ct)
    {
        var bytes = await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "SignOn", program), ct);
        var script = Path.Combine(await NpmPackages.InstallAsync(Packages, ct), $"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 8))}-{program}");
        if (!File.Exists(script))
        {
            var beside = $"{script}.{Support.Unique.Digits()}";
            await File.WriteAllBytesAsync(beside, bytes, ct);
            File.Move(beside, script, overwrite: true);
        }

        return script;
    }

    public static void Skip(NpmPackageMissingException why) => Assert.Skip($"NOT TRIED: {why.Message}");

    /// <returns>What it said.</returns>
    public static async Task<string> RunAsync(string program, JsonObject input, CancellationToken ct)
    {
        using var node = await StartAsync(program, input, ct);
        var said = await node.StandardOutput.ReadToEndAsync(ct);
        await node.WaitForExitAsync(ct);
        return said.Trim();
    }
}
