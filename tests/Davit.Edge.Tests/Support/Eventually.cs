using System.Diagnostics;

namespace Davit.Edge.Tests.Support;

/// <summary>Waits for something that another thread is about to make true, and fails with the last value when it does not.</summary>
internal static class Eventually
{
    public static async Task ShouldBeAsync<T>(Func<Task<T>> read, T wanted, double seconds = 10)
    {
        var watch = Stopwatch.StartNew();
        var value = await read();
        while (!EqualityComparer<T>.Default.Equals(value, wanted) && watch.Elapsed.TotalSeconds < seconds)
        {
            await Task.Delay(10, TimeProvider.System, TestContext.Current.CancellationToken);
            value = await read();
        }

        value.ShouldBe(wanted);
    }

    public static Task ShouldBeTrueAsync(Func<bool> read, double seconds = 10) => ShouldBeAsync(() => Task.FromResult(read()), wanted: true, seconds);
}
