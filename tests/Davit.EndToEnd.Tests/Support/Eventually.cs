using System.Diagnostics;

namespace Davit.EndToEnd.Tests.Support;

/// <summary>Looks again and again until something holds, and says what it saw last when it never does.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <param name="pause">Between two looks; longer where looking itself would slow down what is looked at.</param>
    public static async Task<T> SeesAsync<T>(Func<Task<T>> look, Func<T, bool> holds, string what, TimeSpan within, CancellationToken ct, TimeSpan? pause = null)
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            var seen = await look();
            if (holds(seen))
                return seen;
            if (Stopwatch.GetElapsedTime(began) > within)
                throw new TimeoutException($"not within {within.TotalSeconds:0} s: {what}; last seen: {seen}");
            await Task.Delay(pause ?? Pause, TimeProvider.System, ct);
        }
    }

    public static Task HoldsAsync(Func<Task<bool>> holds, string what, TimeSpan within, CancellationToken ct, TimeSpan? pause = null) => SeesAsync(holds, h => h, what, within, ct, pause);
}
