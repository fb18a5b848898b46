using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Davit.Testing.Fuzzing;

/// <summary>
/// Feeds a reader with inputs that nobody wrote. Whatever it throws, an input that takes longer than a second or more memory
/// than the limit fails the test, with the smallest input that still does it and what makes it again.
/// </summary>
/// <remarks>
/// DAVIT_FUZZ_INPUTS is how many inputs each reader gets, DAVIT_FUZZ_SEED where the dice begin. Without a seed every run
/// has the same inputs, so that a change is not blamed for a find.
/// </remarks>
public sealed record Fuzz(IReadOnlyList<byte[]> Seeds)
{
    private const int Usual = 100_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(20);

    public Fuzz(params string[] seeds) : this([.. seeds.Select(Encoding.UTF8.GetBytes)])
    {
    }

    /// <summary>Words of the language that is read; they make it further than noise.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>Inputs when nothing else is asked for; fewer where one costs much.</summary>
    public int Inputs { get; init; } = Usual;

    /// <summary>What one input may allocate.</summary>
    public long Bytes { get; init; } = 64L << 20;

    private int Count => Environment.GetEnvironmentVariable("DAVIT_FUZZ_INPUTS") is { Length: > 0 } asked
        ? (int)Math.Max(1, long.Parse(asked, CultureInfo.InvariantCulture) * Inputs / Usual)
        : Inputs;

    private static string Seed => Environment.GetEnvironmentVariable("DAVIT_FUZZ_SEED") is { Length: > 0 } given ? given : "1";

    public Task RunAsync(Action<byte[]> judge, CancellationToken ct) => RunAsync(
        input =>
        {
            judge(input);
            return Task.CompletedTask;
        },
        ct);

    /// <param name="judge">Reads the input and throws when it was not read as it should be.</param>
    /// <param name="ct">Ends the run.</param>
    public async Task RunAsync(Func<byte[], Task> judge, CancellationToken ct)
    {
        var mutator = new Mutator(Seeds, Words, new Dice(Seed));
        var count = Count;
        for (var i = 0; i < count && !ct.IsCancellationRequested; i++)
        {
            var input = mutator.Next();
            if (await FaultAsync(judge, input, ct) is { } fault)
                throw new FuzzException($"input {i} of seed {Seed}: {fault}\n{Shown(await ShrinkAsync(judge, input, Kind(fault), ct))}");
        }
    }

    /// <summary>What was wrong with reading the input; null when nothing was.</summary>
    private async Task<string?> FaultAsync(Func<byte[], Task> judge, byte[] input, CancellationToken ct)
    {
        var (fault, time) = await TryAsync(judge, input, ct);
        if (fault is not null || time < Patience)
            return fault;

        // A busy machine is slow once, a bad input every time.
        for (var again = 0; again < 3; again++)
        {
            (_, time) = await TryAsync(judge, input, ct);
            if (time < Patience)
                return null;
        }

        return $"slow: it takes {time.TotalSeconds:0.0} s";
    }

    private async Task<(string? Fault, TimeSpan Time)> TryAsync(Func<byte[], Task> judge, byte[] input, CancellationToken ct)
    {
        var began = Stopwatch.GetTimestamp();
        var running = Task.Run(() => JudgeAsync(judge, input), ct);
        try
        {
            var fault = await running.WaitAsync(Hang, TimeProvider.System, ct);
            return (fault, Stopwatch.GetElapsedTime(began));
        }
        catch (TimeoutException)
        {
            return ($"hang: no end after {Hang.TotalSeconds:0} s", Stopwatch.GetElapsedTime(began));
        }
    }

    private async Task<string?> JudgeAsync(Func<byte[], Task> judge, byte[] input)
    {
        var (thread, before) = (Environment.CurrentManagedThreadId, GC.GetAllocatedBytesForCurrentThread());
        try
        {
            await judge(input);
        }
        catch (Exception e)
        {
            return $"{e.GetType().Name}: {e.Message}\n{e.StackTrace}";
        }

        // What went on elsewhere is not counted: other tests allocate there too.
        var took = thread == Environment.CurrentManagedThreadId ? GC.GetAllocatedBytesForCurrentThread() - before : 0;
        return took > Bytes ? $"greedy: it takes {took >> 20} MiB" : null;
    }

    /// <summary>Cuts away what is not needed for the same fault, in ever smaller pieces.</summary>
    private async Task<byte[]> ShrinkAsync(Func<byte[], Task> judge, byte[] input, string kind, CancellationToken ct)
    {
        var tries = kind is "hang" or "slow" ? 20 : 3000;
        for (var size = Math.Max(1, input.Length / 2); size > 0; size /= 2)
        {
            for (var at = 0; at < input.Length && tries-- > 0;)
            {
                byte[] smaller = [.. input[..at], .. input[Math.Min(input.Length, at + size)..]];
                var fault = await FaultAsync(judge, smaller, ct);
                if (fault is not null && Kind(fault) == kind)
                    input = smaller;
                else
                    at += size;
            }
        }

        return input;
    }

    private static string Kind(string fault) => fault[..fault.IndexOf(':', StringComparison.Ordinal)];

    private static string Shown(byte[] input)
    {
        var text = new StringBuilder();
        foreach (var b in input.Take(2000))
            text.Append(b is >= 0x20 and < 0x7f and not (byte)'\\' ? ((char)b).ToString() : b switch { (byte)'\n' => "\\n", (byte)'\r' => "\\r", (byte)'\\' => "\\\\", _ => $"\\x{b:x2}" });
        return $"{input.Length} bytes: {text}\nbase64: {Convert.ToBase64String(input[..Math.Min(input.Length, 4000)])}";
    }
}

/// <summary>An input was found that is not read as it should be.</summary>
public sealed class FuzzException(string message) : Exception(message);
