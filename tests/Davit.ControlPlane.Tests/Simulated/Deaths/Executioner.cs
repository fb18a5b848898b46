using System.Globalization;
using Davit.ControlPlane.Leases;

namespace Davit.ControlPlane.Tests.Simulated.Deaths;

/// <summary>Thrown out of the door of effects: the process is dead, and nothing after it happens.</summary>
internal sealed class DiedException() : Exception("the process is dead");

/// <summary>Just before or just after one effect.</summary>
/// <param name="Occurrence">Effects of the same name are told apart by counting them from 1.</param>
internal sealed record KillPoint(string Effect, int Occurrence, bool IsAfter)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(IsAfter ? "after" : "before")} {Effect} #{Occurrence}");
}

/// <summary>Notes every effect, and ends the process at one of them.</summary>
internal sealed class Executioner : IEffectWitness
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly List<KillPoint> _seen = [];

    /// <summary>Where to end it; null lets it live.</summary>
    public KillPoint? At { get; init; }

    /// <summary>Ends it at the effect of that number, whatever it is; 0 lets it live.</summary>
    public int AtNumber { get; init; }

    /// <summary>Keeps an effect, by its name, from beginning for as long as it takes.</summary>
    public Func<string, Task> Hold { get; init; } = static _ => Task.CompletedTask;

    /// <summary>Called after each effect while the process lives.</summary>
    public Action AfterEach { get; init; } = static () => { };

    public bool IsDead { get; private set; }

    public IReadOnlyList<KillPoint> Seen
    {
        get
        {
            lock (_gate)
                return [.. _seen];
        }
    }

    public ValueTask BeforeAsync(string name, string subject, CancellationToken ct)
    {
        lock (_gate)
        {
            _counts[name] = _counts.GetValueOrDefault(name) + 1;
            Pass(new KillPoint(name, _counts[name], IsAfter: false));
        }

        return new(Hold(name));
    }

    public ValueTask AfterAsync(string name, string subject, CancellationToken ct)
    {
        lock (_gate)
        {
            Pass(new KillPoint(name, _counts[name], IsAfter: true));
            AfterEach();
        }

        return ValueTask.CompletedTask;
    }

    private void Pass(KillPoint point)
    {
        if (IsDead)
            throw new DiedException();
        _seen.Add(point);
        if (point != At && _seen.Count != AtNumber)
            return;
        IsDead = true;
        throw new DiedException();
    }
}
