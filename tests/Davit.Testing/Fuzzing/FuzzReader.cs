using System.Diagnostics;

namespace Davit.Testing.Fuzzing;

/// <summary>Hands out the inputs of a run, each to one reader.</summary>
internal sealed class FuzzQueue(Mutator mutator, int count)
{
    private readonly Lock _gate = new();
    private int _given;

    public bool TryTake(out int number, out byte[] input)
    {
        lock (_gate)
        {
            (number, input) = (_given, []);
            if (_given == count)
                return false;
            _given++;
            input = mutator.Next();
            return true;
        }
    }
}

/// <summary>Reads one input after the other and knows since when it is at the present one.</summary>
internal sealed class FuzzReader(FuzzTrial trial, FuzzQueue queue)
{
    private Current? _current;

    public async Task RunAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested && queue.TryTake(out var number, out var input))
        {
            await FuzzTrial.YieldAsync(ct);
            Volatile.Write(ref _current, new Current(number, input, Stopwatch.GetTimestamp()));
            var fault = await trial.MeasureAsync(input) is { IsGood: false } cost ? await ConfirmAsync(cost, input, ct) : null;
            if (fault is not null)
                throw new FuzzFindException(number, input, fault);
        }

        Volatile.Write(ref _current, null);
    }

    public void ThrowIfHung()
    {
        if (Volatile.Read(ref _current) is { } at && Stopwatch.GetElapsedTime(at.Began) > FuzzTrial.Hang)
            throw new FuzzFindException(at.Number, at.Input, FuzzTrial.HangFault);
    }

    private Task<string?> ConfirmAsync(FuzzCost cost, byte[] input, CancellationToken ct)
    {
        // What is tried again has limits of its own.
        Volatile.Write(ref _current, null);
        return trial.ConfirmAsync(cost, input, ct);
    }

    private sealed record Current(int Number, byte[] Input, long Began);
}

/// <summary>Ends a run: what was found, as it came.</summary>
internal sealed class FuzzFindException(int number, byte[] input, string fault) : Exception(fault)
{
    public int Number => number;

    public byte[] Input => input;

}
