using Davit.Contracts.AsyncApi.Model;
using Davit.Contracts.AsyncApi.Pairs;

namespace Davit.Contracts.AsyncApi.Walk;

/// <summary>Finds the operations that belong together.</summary>
internal sealed class OperationPairing(DocumentPair documents, IReadOnlyDictionary<AsyncChannel, AsyncChannel> channels)
{
    private readonly List<AsyncOperationPair> _pairs = [];
    private List<AsyncOperation> _old = [.. documents.Old.Operations];
    private readonly HashSet<AsyncOperation> _taken = new(ReferenceEqualityComparer.Instance);

    /// <summary>By what is done with which channel and by name, then without the name, and at last by the name alone: then the channel or the action is another.</summary>
    public List<AsyncOperationPair> Run()
    {
        var byPlace = documents.New.Operations.ToLookup(o => (o.Channel, o.Action), new PlaceComparer());
        Take(old => Partner(old) is { } channel ? byPlace[(channel, old.Action)].FirstOrDefault(n => IsFree(n) && n.Key == old.Key && n.IsImplicit == old.IsImplicit) : null);
        Take(old => Partner(old) is { } channel ? byPlace[(channel, old.Action)].FirstOrDefault(IsFree) : null);
        var byKey = documents.New.Operations.Where(o => o.Key is not "").ToLookup(o => o.Key, StringComparer.Ordinal);
        Take(old => old.Key is "" ? null : byKey[old.Key].FirstOrDefault(IsFree));
        var partners = channels.Values.ToHashSet<AsyncChannel>(ReferenceEqualityComparer.Instance);
        _pairs.AddRange(_old.Select(old => new AsyncOperationPair(documents, old, null, Partner(old) is null)));
        _pairs.AddRange(documents.New.Operations.Where(IsFree).Select(n => new AsyncOperationPair(documents, null, n, !partners.Contains(n.Channel))));
        return _pairs;
    }

    private AsyncChannel? Partner(AsyncOperation old) => channels.GetValueOrDefault(old.Channel);

    private bool IsFree(AsyncOperation operation) => !_taken.Contains(operation);

    private void Take(Func<AsyncOperation, AsyncOperation?> partner)
    {
        var left = new List<AsyncOperation>();
        foreach (var old in _old)
        {
            if (partner(old) is { } @new && _taken.Add(@new))
                _pairs.Add(new AsyncOperationPair(documents, old, @new));
            else
                left.Add(old);
        }

        _old = left;
    }

    private sealed class PlaceComparer : IEqualityComparer<(AsyncChannel Channel, AsyncAction Action)>
    {
        public bool Equals((AsyncChannel Channel, AsyncAction Action) x, (AsyncChannel Channel, AsyncAction Action) y) => ReferenceEquals(x.Channel, y.Channel) && x.Action == y.Action;

        public int GetHashCode((AsyncChannel Channel, AsyncAction Action) obj) => HashCode.Combine(System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(obj.Channel), obj.Action);
    }
}
