namespace Davit.Testing;

/// <summary>A small generator whose rolls depend on the seed alone.</summary>
public sealed class Dice(string seed)
{
    private ulong _state = seed.Aggregate(14695981039346656037UL, (hash, c) => (hash ^ c) * 1099511628211UL) | 1;

    public int Next(int below)
    {
        _state ^= _state << 13;
        _state ^= _state >> 7;
        _state ^= _state << 17;
        return (int)(_state % (ulong)below);
    }

    public T Of<T>(IReadOnlyList<T> items) => items[Next(items.Count)];

    public T[] Shuffled<T>(IEnumerable<T> items)
    {
        var all = items.ToArray();
        for (var i = all.Length - 1; i > 0; i--)
        {
            var other = Next(i + 1);
            (all[i], all[other]) = (all[other], all[i]);
        }

        return all;
    }
}
