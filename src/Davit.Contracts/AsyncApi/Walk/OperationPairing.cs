using Davit.Contracts.AsyncApi.Model;
using Davit.Contracts.AsyncApi.Pairs;

namespace Davit.Contracts.AsyncApi.Walk;

/// <summary>Finds the operations that belong together.</summary>
internal sealed class OperationPairing(DocumentPair documents, IReadOnlyDictionary<AsyncChannel, AsyncChannel> channels)
{
    private readonly List<AsyncOperationPair> _pairs = [];
    private List<AsyncOperation> _old = [.. documents.Old.Operations];
    private readonly HashSet<AsyncOperation> _taken = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<AsyncChannel, int> _numbers = new(ReferenceEqualityComparer.Instance);

    /// <summary>By what is done with which channel and by name, then without the name, and at last by the name alone: then the channel or the action is another.</summary>
    public List<AsyncOperationPair> Run()
    {
        var (exact, byPlace, byKey) = (new Waiting<AsyncOperation>(_taken), new Waiting<AsyncOperation>(_taken), new Waiting<AsyncOperation>(_taken));
        foreach (var now in documents.New.Operations)
        {
            exact.Add(Exactly(now.Channel, now), now);
            byPlace.Add(PlaceOf(now.Channel, now), now);
            if (now.Key is not "")
                byKey.Add(now.Key, now);
        }

        Take(old => Partner(old) is { } channel ? exact.Take(Exactly(channel, old)) : null);
        Take(old => Partner(old) is { } channel ? byPlace.Take(PlaceOf(channel, old)) : null);
        Take(old => old.Key is "" ? null : byKey.Take(old.Key));
        var partners = channels.Values.ToHashSet<AsyncChannel>(ReferenceEqualityComparer.Instance);
        _pairs.AddRange(_old.Select(old => new AsyncOperationPair(documents, old, null, Partner(old) is null)));
        _pairs.AddRange(documents.New.Operations.Where(n => !_taken.Contains(n)).Select(n => new AsyncOperationPair(documents, null, n, !partners.Contains(n.Channel))));
        return _pairs;
    }

    private AsyncChannel? Partner(AsyncOperation old) => channels.GetValueOrDefault(old.Channel);

    private string Exactly(AsyncChannel channel, AsyncOperation operation) => $"{PlaceOf(channel, operation)} {operation.IsImplicit} {operation.Key}";

    private string PlaceOf(AsyncChannel channel, AsyncOperation operation)
    {
        if (!_numbers.TryGetValue(channel, out var number))
            _numbers[channel] = number = _numbers.Count;
        return $"{number} {operation.Action}";
    }

    private void Take(Func<AsyncOperation, AsyncOperation?> partner)
    {
        var left = new List<AsyncOperation>();
        foreach (var old in _old)
        {
            if (partner(old) is { } @new)
                _pairs.Add(new AsyncOperationPair(documents, old, @new));
            else
                left.Add(old);
        }

        _old = left;
    }
}
