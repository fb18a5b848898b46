using Davit.EndToEnd.Mortal;
using Davit.EndToEnd.Tests.Support;

namespace Davit.EndToEnd.Tests.Deaths;

/// <summary>What <c>davitd-mortal</c> is to do at which effect.</summary>
internal sealed class Orders(Platform platform)
{
    private int _runs;

    private string _run = "";

    private string Given => Path.Combine(platform.Home, "orders");

    /// <summary>Effects are counted anew from here on.</summary>
    /// <param name="fate"><c>kill</c>, <c>freeze</c> or <c>live</c>.</param>
    /// <param name="point">Such as <c>start-instance 1 before</c>.</param>
    public void Give(string fate, string point)
    {
        using var _ = OrdersLock.Take(platform.Home);
        _run = $"r{++_runs}";
        File.WriteAllText(Given, $"{_run} {fate} {point}");
    }

    /// <returns>Whether they had not been carried out.</returns>
    public bool Withdraw()
    {
        using var _ = OrdersLock.Take(platform.Home);
        var had = File.Exists(Given);
        File.Delete(Given);
        return had;
    }

    /// <summary>The points passed since the orders were given.</summary>
    public IReadOnlyList<string> Points()
    {
        var file = Path.Combine(platform.Home, $"points-{_run}");
        return File.Exists(file) ? File.ReadAllLines(file) : [];
    }
}
