namespace Davit.Contracts.AsyncApi.Walk;

/// <summary>What still waits for its partner, under keys; of one key that which comes first goes first.</summary>
/// <param name="taken">Shared by all that look for partners among the same elements.</param>
internal sealed class Waiting<T>(HashSet<T> taken) where T : class
{
    private readonly Dictionary<string, Queue<T>> _byKey = new(StringComparer.Ordinal);

    public void Add(string key, T element)
    {
        if (!_byKey.TryGetValue(key, out var queue))
            _byKey[key] = queue = new Queue<T>();
        queue.Enqueue(element);
    }

    /// <summary>Takes the first that waits under the key; null when none does.</summary>
    public T? Take(string key)
    {
        if (!_byKey.TryGetValue(key, out var queue))
            return null;
        while (queue.TryDequeue(out var first))
        {
            if (taken.Add(first))
                return first;
        }

        return null;
    }
}
