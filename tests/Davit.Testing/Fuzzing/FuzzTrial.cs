using System.Diagnostics;

namespace Davit.Testing.Fuzzing;

/// <summary>What reading one input came to: the fault that was thrown, or why it is not good all the same.</summary>
internal readonly record struct FuzzCost(string? Fault, string? Excess)
{
    public bool IsGood => Fault is null && Excess is null;
}

/// <summary>Reads an input, measures it, and cuts one with a fault down to what is needed for it.</summary>
internal sealed class FuzzTrial(Func<byte[], Task> judge, long bytes)
{
    public static readonly TimeSpan Hang = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Of all runs in this process.</summary>
    private static readonly SemaphoreSlim Confirming = new(1, 1);

    public static string HangFault => $"hang: no end after {Hang.TotalSeconds:0} s";

    /// <summary>
    /// What is read at once is counted exactly. Reading that waits moves between threads, so then it is what the whole process
    /// allocates meanwhile; what others take is told from it by trying again.
    /// </summary>
    public async Task<FuzzCost> MeasureAsync(byte[] input)
    {
        var (began, own, all) = (Stopwatch.GetTimestamp(), GC.GetAllocatedBytesForCurrentThread(), GC.GetTotalAllocatedBytes());
        bool isAtOnce;
        try
        {
            var reading = judge(input);
            isAtOnce = reading.IsCompleted;
            await reading;
        }
        catch (Exception e)
        {
            return new($"{e.GetType().Name}: {e.Message}\n{e.StackTrace}", null);
        }

        var time = Stopwatch.GetElapsedTime(began);
        if (time >= Patience)
            return new(null, $"slow: it takes {time.TotalSeconds:0.0} s");
        var took = isAtOnce ? GC.GetAllocatedBytesForCurrentThread() - own : GC.GetTotalAllocatedBytes() - all;
        return new(null, took > bytes ? $"greedy: it takes {took >> 20} MiB" : null);
    }

    /// <summary>A busy machine is slow and others are greedy once, a bad input every time, also when nothing else is read.</summary>
    public async Task<string?> ConfirmAsync(FuzzCost cost, byte[] input, CancellationToken ct)
    {
        if (cost.Excess is null)
            return cost.Fault;
        await Confirming.WaitAsync(ct);
        try
        {
            for (var again = 0; again < 3 && cost is { Fault: null, Excess: not null }; again++)
                cost = await TryAsync(input, ct);
            return cost.Fault ?? cost.Excess;
        }
        finally
        {
            Confirming.Release();
        }
    }

    /// <summary>Lets those pass first who look whether an input is bad.</summary>
    public static async ValueTask YieldAsync(CancellationToken ct)
    {
        while (Confirming.CurrentCount is 0)
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, ct);
    }

    /// <summary>Cuts away what is not needed for the same fault, in ever smaller pieces.</summary>
    public async Task<byte[]> ShrinkAsync(byte[] input, string fault, CancellationToken ct)
    {
        var kind = Kind(fault);
        var tries = kind is "hang" or "slow" ? 20 : 3000;
        for (var size = Math.Max(1, input.Length / 2); size > 0; size /= 2)
        {
            for (var at = 0; at < input.Length && tries-- > 0;)
            {
                byte[] smaller = [.. input[..at], .. input[Math.Min(input.Length, at + size)..]];
                if (await ConfirmAsync(await TryAsync(smaller, ct), smaller, ct) is { } still && Kind(still) == kind)
                    input = smaller;
                else
                    at += size;
            }
        }

        return input;
    }

    private async Task<FuzzCost> TryAsync(byte[] input, CancellationToken ct)
    {
        try
        {
            return await Task.Run(() => MeasureAsync(input), ct).WaitAsync(Hang, TimeProvider.System, ct);
        }
        catch (TimeoutException)
        {
            return new(HangFault, null);
        }
    }

    private static string Kind(string fault) => fault[..fault.IndexOf(':', StringComparison.Ordinal)];
}
