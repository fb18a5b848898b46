namespace Davit.Model.Audit;

/// <summary>
/// Walks a log from a known place to its end and names the first event that does not fit, and in which way. What is compared:
/// each event with its own hash, with the one before it, and with every place that is known from elsewhere.
/// </summary>
public sealed class ChainWalk
{
    /// <summary>How far from its own place a moved event is looked for.</summary>
    private const int Neighbourhood = 64;

    private readonly ChainPlace _start;
    private readonly SortedDictionary<long, string> _marks = [];
    private ChainPlace _previous;
    private ChainPlace _last;

    /// <param name="start">The place after which the first event is expected.</param>
    /// <param name="marks">Places whose hash is vouched for, by a signature or by whoever asks.</param>
    public ChainWalk(ChainPlace start, IEnumerable<ChainPlace> marks)
    {
        (_start, _last, _previous) = (start, start, start);
        foreach (var mark in marks.Where(m => m.Seq > start.Seq))
            _marks[mark.Seq] = mark.Hash;
    }

    /// <summary>The last place that a mark vouches for.</summary>
    private ChainPlace Vouched { get; set; }

    /// <param name="head">What the log itself says its last event is; null when it says nothing.</param>
    public async Task<ChainVerdict> VerifyAsync(IAsyncEnumerable<ChainedEvent> events, ChainPlace? head, CancellationToken ct)
    {
        Vouched = _start;
        var count = 0L;
        await using var reader = events.GetAsyncEnumerator(ct);
        while (await reader.MoveNextAsync())
        {
            var at = reader.Current;
            if (Misfit(at))
                return new(count, _last, Explain(at, await reader.MoveNextAsync() ? reader.Current : null));
            (_previous, _last, count) = (_last, new(at.Seq, at.Hash), count + 1);
            if (Contradiction() is { } rewritten)
                return new(count, _last, rewritten);
        }

        return new(count, _last, AtTheEnd(head));
    }

    private bool Misfit(ChainedEvent at) => at.Seq != _last.Seq + 1 || at.PrevHash != _last.Hash || !at.IsIntact;

    /// <summary>A chain that was computed anew is right in itself, and wrong where somebody has signed what it was.</summary>
    private ChainBreak? Contradiction()
    {
        if (!_marks.Remove(_last.Seq, out var hash))
            return null;
        if (hash != _last.Hash)
            return Broken(Vouched.Seq + 1, ChainFault.Altered, $"the events after {Vouched.Seq} were computed anew: event {_last.Seq} is not the one that was signed");
        Vouched = _last;
        return null;
    }

    private ChainBreak? AtTheEnd(ChainPlace? head)
    {
        if (_marks.Count > 0 && _marks.Keys.Max() > _last.Seq)
            return Broken(_last.Seq + 1, ChainFault.CutOff, $"the log ends at {_last.Seq}, but event {_marks.Keys.Max()} was signed");
        return head switch
        {
            { } h when h.Seq > _last.Seq => Broken(_last.Seq + 1, ChainFault.CutOff, $"the log ends at {_last.Seq}, but its head is {h.Seq}"),
            { } h when h.Seq < _last.Seq => Broken(h.Seq + 1, ChainFault.Inserted, $"the log goes on after its head, which is {h.Seq}"),
            { } h when h.Hash != _last.Hash => Broken(_last.Seq, ChainFault.Altered, "the log's head has another hash"),
            _ => null,
        };
    }

    private ChainBreak Explain(ChainedEvent at, ChainedEvent? next)
    {
        var expected = _last.Seq + 1;
        if (at.Seq < expected)
            return Broken(at.Seq, ChainFault.Inserted, $"a second event {at.Seq} stands after event {_last.Seq}");
        if (at.Seq > expected)
        {
            return next?.Seq == expected
                ? Broken(expected, ChainFault.Reordered, $"event {at.Seq} stands before event {expected}")
                : Broken(expected, ChainFault.Missing, $"after event {_last.Seq} comes event {at.Seq}");
        }

        if (_last.Seq > _start.Seq && at.Hash == _last.Hash)
            return Broken(expected, ChainFault.Inserted, $"it is event {_last.Seq} once more");
        if (_last.Seq > _start.Seq && at.PrevHash == _previous.Hash && at.IsIntactAt(expected - 1))
            return Broken(expected - 1, ChainFault.Inserted, $"what stands at {expected} was event {expected - 1} when it was written");
        if (WrittenAs(at, expected) is { } own)
            return Moved(expected, own, next);
        return next is not null && next.PrevHash == _last.Hash && next.IsIntactAt(expected)
            ? Broken(expected, ChainFault.Inserted, $"what stands at {next.Seq} was event {expected} when it was written")
            : Broken(expected, ChainFault.Altered, at.IsIntact ? $"it does not follow event {_last.Seq}" : "it does not have the hash of what it says");
    }

    private static ChainBreak Moved(long expected, long own, ChainedEvent? next) =>
        own > expected && (next is null || !Enumerable.Range(0, (int)(own - expected)).Any(n => next.IsIntactAt(expected + n)))
            ? Broken(expected, ChainFault.Missing, $"what stands at {expected} was event {own} when it was written")
            : Broken(expected, ChainFault.Reordered, $"what stands at {expected} was event {own} when it was written");

    /// <returns>The number under which it was written, when that is another one close by.</returns>
    private static long? WrittenAs(ChainedEvent at, long expected)
    {
        for (var distance = 1; distance <= Neighbourhood; distance++)
        {
            if (at.IsIntactAt(expected + distance))
                return expected + distance;
            if (expected > distance && at.IsIntactAt(expected - distance))
                return expected - distance;
        }

        return null;
    }

    private static ChainBreak Broken(long seq, ChainFault fault, string detail) => new(seq, fault, detail);
}
