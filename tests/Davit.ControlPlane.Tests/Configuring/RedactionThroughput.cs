using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Davit.ControlPlane.Logs;
using Davit.ControlPlane.Redacting;

namespace Davit.ControlPlane.Tests.Configuring;

/// <summary>Run by <c>bench/redaction/run</c>: it measures, and fails only when redaction is so slow that something must be wrong.</summary>
public sealed class RedactionThroughput(ITestOutputHelper output) : IDisposable
{
    private const int SlowestMegabytesPerSecond = 5;

    private readonly string _directory = Directory.CreateTempSubdirectory("davit-redaction-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory(Explicit = true)]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(100)]
    [InlineData(1_000)]
    public async Task Lines_are_written_as_fast_as_they_come(int secrets)
    {
        var values = Enumerable.Range(0, secrets).Select(n => ($"SECRET_{n}", Encoding.ASCII.GetBytes(RandomNumberGenerator.GetHexString(32)))).ToList();
        var lines = Lines(values.Count is 0 ? "none" : Encoding.ASCII.GetString(values[0].Item2));
        await MeasureAsync(Redactor.Of(values), lines, 4 << 20);

        var wanted = long.Parse(Environment.GetEnvironmentVariable("DAVIT_BENCH_MEGABYTES") ?? "16", CultureInfo.InvariantCulture) << 20;
        var (filtered, whole) = (Filter(Redactor.Of(values), lines, wanted), await MeasureAsync(Redactor.Of(values), lines, wanted));

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{secrets,5} secrets  {filtered,7:0} MB/s through the filter alone  {whole,6:0} MB/s into the file"));
        whole.ShouldBeGreaterThan(SlowestMegabytesPerSecond);
    }

    private static double Filter(Redactor redactor, string[] lines, long wanted)
    {
        var (begun, bytes) = (Stopwatch.GetTimestamp(), 0L);
        for (var n = 0; bytes < wanted; n++)
            bytes += redactor.Apply(lines[n % lines.Length]).Length;
        return bytes / Stopwatch.GetElapsedTime(begun).TotalSeconds / (1 << 20);
    }

    private async Task<double> MeasureAsync(Redactor redactor, string[] lines, long wanted)
    {
        var (file, bytes, at) = (new LogFile(Path.Combine(_directory, "a.log")) { Redactor = _ => ValueTask.FromResult(redactor) }, 0L, TimeProvider.System.GetUtcNow());
        await using var writer = file.Append();
        var begun = Stopwatch.GetTimestamp();
        for (var n = 0; bytes < wanted; n++)
        {
            await writer.WriteAsync(new(at, "1.0", "out", lines[n % lines.Length]), Ct);
            bytes += lines[n % lines.Length].Length;
        }

        return bytes / Stopwatch.GetElapsedTime(begun).TotalSeconds / (1 << 20);
    }

    /// <summary>A thousand lines as web servers write them; one of them holds a secret.</summary>
    private static string[] Lines(string secret) => [.. Enumerable.Range(0, 1_000).Select(n => n is 500
        ? $"connecting with {secret} to the database"
        : string.Create(CultureInfo.InvariantCulture, $"2026-01-01T00:00:{n % 60:00}Z GET /shop/items/{n * 7919 % 100_003}?page={n} 200 {n % 97}ms agent=\"Mozilla/5.0 (X11; Linux x86_64)\" trace={n * 104_729:x16}"))];
}
