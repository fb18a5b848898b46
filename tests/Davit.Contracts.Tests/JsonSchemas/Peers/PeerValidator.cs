using System.Diagnostics;
using System.Text.Json;
using Davit.Testing;

namespace Davit.Contracts.Tests.JsonSchemas.Peers;

/// <summary>A widely used validator of JSON Schema in a process of its own. Draft 2020-12; `format` asserts nothing in AJV.</summary>
internal sealed class PeerValidator : IAsyncDisposable
{
    private readonly Process _process;

    private PeerValidator(Process process) => _process = process;

    public static Task<PeerValidator> AjvAsync(CancellationToken ct) => StartAsync("ajv", ct);

    /// <summary>Interprets schemas where AJV compiles them, and shares no code with it.</summary>
    public static Task<PeerValidator> CfworkerAsync(CancellationToken ct) => StartAsync("cfworker", ct);

    /// <summary>Skips the test, aloud, where the validators cannot be had.</summary>
    private static async Task<PeerValidator> StartAsync(string name, CancellationToken ct)
    {
        try
        {
            var home = await NpmPackages.InstallAsync(["ajv@8.17.1", "@cfworker/json-schema@4.1.6"], ct);
            var script = Path.Combine(Repository.Root, "tests", "Davit.Contracts.Tests", "JsonSchemas", "Peers", "validate.mjs");
            return new PeerValidator(Process.Start(new ProcessStartInfo("node", [script, home, name]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true })!);
        }
        catch (NpmPackageMissingException e)
        {
            Assert.Skip($"NOTHING WAS COMPARED WITH ANOTHER VALIDATOR: {e.Message}");
            throw;
        }
    }

    /// <returns>For each value whether it is accepted; null where the validator gives up.</returns>
    public async Task<IReadOnlyList<bool?>> JudgeAsync(string schema, IEnumerable<string> values, CancellationToken ct)
    {
        await _process.StandardInput.WriteLineAsync($$"""{"schema":{{schema}},"values":[{{string.Join(',', values)}}]}""".ReplaceLineEndings(" ").AsMemory(), ct);
        await _process.StandardInput.FlushAsync(ct);
        var answer = await _process.StandardOutput.ReadLineAsync(ct) ?? throw new InvalidOperationException("the validator has ended");
        return JsonSerializer.Deserialize<bool?[]>(answer)!;
    }

    public async Task<bool?> JudgeAsync(string schema, string value, CancellationToken ct) => (await JudgeAsync(schema, [value], ct))[0];

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }
}
