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
    private static readonly TimeSpan LooksEvery = TimeSpan.FromSeconds(1);

    public Fuzz(params string[] seeds) : this([.. seeds.Select(Encoding.UTF8.GetBytes)])
    {
    }

    /// <summary>Words of the language that is read; they make it further than noise.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>What one input may allocate.</summary>
    public long Bytes { get; init; } = 64L << 20;

    /// <summary>How many inputs are read at the same time; the judge must bear it.</summary>
    public int AtOnce { get; init; } = 1;

    /// <summary>How many inputs there are when the environment asks for no other number.</summary>
    public int Inputs { get; init; } = Usual;

    private int Count => Environment.GetEnvironmentVariable("DAVIT_FUZZ_INPUTS") is { Length: > 0 } asked ? int.Parse(asked, CultureInfo.InvariantCulture) : Inputs;

    private static string Seed => Environment.GetEnvironmentVariable("DAVIT_FUZZ_SEED") is { Length: > 0 } given ? given : "1";

    public Task RunAsync(Action<byte[]> judge, CancellationToken ct) => RunAsync(
        input =>
        {
            judge(input);
            return Task.CompletedTask;
        },
        ct);

    /// <param name="judge">Reads the input and throws when it was not read as it should be. It sees nothing but the input, so that it says the same again.</param>
    /// <param name="ct">Ends the run.</param>
    public async Task RunAsync(Func<byte[], Task> judge, CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var queue = new FuzzQueue(new Mutator(Seeds, Words, new Dice(Seed)), Count);
        FuzzReader[] readers = [.. Enumerable.Range(0, AtOnce).Select(_ => new FuzzReader(new FuzzTrial(judge, Bytes), queue))];
        List<Task> running = [.. readers.Select(r => Task.Run(() => r.RunAsync(stop.Token), CancellationToken.None)), WatchAsync(readers, stop.Token)];
        try
        {
            // The watch has no end of its own; the first reader that fails ends the run.
            while (running.Count > 1)
            {
                var ended = await Task.WhenAny(running);
                running.Remove(ended);
                await ended;
            }
        }
        catch (FuzzFindException find)
        {
            await stop.CancelAsync();
            throw new FuzzException($"input {find.Number} of seed {Seed}: {find.Message}\n{Shown(await new FuzzTrial(judge, Bytes).ShrinkAsync(find.Input, find.Message, ct))}");
        }

        await stop.CancelAsync();
    }

    /// <summary>A reader that never comes back cannot tell of itself.</summary>
    private static async Task WatchAsync(FuzzReader[] readers, CancellationToken ct)
    {
        using var timer = new PeriodicTimer(LooksEvery, TimeProvider.System);
        while (await timer.WaitForNextTickAsync(ct))
        {
            foreach (var reader in readers)
                reader.ThrowIfHung();
        }
    }

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
