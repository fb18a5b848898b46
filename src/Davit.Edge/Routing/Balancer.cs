namespace Davit.Edge.Routing;

/// <summary>Least requests of two random choices, by weight; ejected targets only when nothing else is ready.</summary>
internal sealed class Balancer
{
    private long _counter;

    /// <summary>A target that may serve and that has not been tried, or null.</summary>
    public Target? Pick(BoundService service, Target? tried, Target? triedToo)
    {
        var targets = service.Targets;
        if (targets is [var only])
            return only.Target.MayServe && only.Target != tried ? only.Target : null;

        return PickFrom(service, t => t != tried && t != triedToo && t.MayServe && !t.Ejection.IsOut)
            ?? PickFrom(service, t => t != tried && t != triedToo && t.MayServe);
    }

    private Target? PickFrom(BoundService service, Func<Target, bool> may)
    {
        var total = 0;
        foreach (var (target, weight) in service.Targets)
            total += may(target) ? weight : 0;

        if (total is 0)
            return null;

        var first = At(service, may, Next(total));
        var second = At(service, may, Next(total));
        return second.InFlight < first.InFlight ? second : first;
    }

    private static Target At(BoundService service, Func<Target, bool> may, int point)
    {
        Target? last = null;
        foreach (var (target, weight) in service.Targets)
        {
            if (!may(target))
                continue;

            last = target;
            if ((point -= weight) < 0)
                break;
        }

        // Health may change between the two passes; then the first target is as good as any.
        return last ?? service.Targets[0].Target;
    }

    /// <summary>splitmix64 (Steele, Lea and Flood 2014) over a counter: even, cheap and without shared state but the counter.</summary>
    private int Next(int below)
    {
        var z = (ulong)Interlocked.Increment(ref _counter) * 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return (int)((z ^ (z >> 31)) % (ulong)below);
    }
}
