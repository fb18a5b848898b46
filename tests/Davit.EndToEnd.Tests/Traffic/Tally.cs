using System.Collections.Concurrent;

namespace Davit.EndToEnd.Tests.Traffic;

/// <summary>Counts every request of every kind of client and keeps what the failed ones met.</summary>
internal sealed class Tally
{
    private const int Kept = 20;
    private readonly ConcurrentDictionary<string, int> _good = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _answers = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _failures = new();
    private int _failed;
    private int _requests;

    public int Failed => _failed;

    /// <summary>Whole answers to requests; messages and events come on top.</summary>
    public int Requests => _requests;

    public int Good => _good.Values.Sum();

    /// <summary>Which versions answered.</summary>
    public IReadOnlyCollection<string> Answers => [.. _answers.Keys];

    public void Succeeded(string kind, string answer)
    {
        Succeeded(kind);
        _answers.AddOrUpdate(answer, 1, (_, n) => n + 1);
    }

    public void Succeeded(string kind)
    {
        Interlocked.Increment(ref _requests);
        Count(kind);
    }

    public void Count(string kind) => _good.AddOrUpdate(kind, 1, (_, n) => n + 1);

    public void Fails(string kind, string why)
    {
        if (Interlocked.Increment(ref _failed) <= Kept)
            _failures.Enqueue($"{TimeProvider.System.GetUtcNow():HH:mm:ss.fff} {kind}: {why}");
    }

    public override string ToString() =>
        $"{_failed} failed, {string.Join(", ", _good.OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => $"{g.Key} {g.Value}"))}\n{string.Join('\n', _failures)}";
}
