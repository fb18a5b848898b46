using System.Globalization;
using Davit.Contracts.AsyncApi.Model;
using Davit.Contracts.Documents;

namespace Davit.Contracts.AsyncApi.Pointers;

/// <summary>
/// Finds every place where two documents differ, as a JSON patch would list them: members by name, elements by index. References
/// are followed, so that a change is found at each place that uses it; what differs only inside of itself is told once.
/// </summary>
internal sealed class PointerWalk(AsyncDocument old, AsyncDocument @new, int most)
{
    private readonly List<PointerChange> _changes = [];
    private readonly HashSet<(Node, Node)> _open = [];
    private readonly HashSet<(Node, Node)> _silent = [];
    private readonly List<string> _steps = [];

    public IReadOnlyList<PointerChange> Run()
    {
        Compare(old.Root, @new.Root);
        return _changes;
    }

    private void Compare(Node before, Node after)
    {
        (before, after) = (old.Resolve(before), @new.Resolve(after));
        if (before.Kind != after.Kind || !(before.IsObject || before.IsArray))
        {
            if (!NodeEquality.Same(before, after))
                Add(before, after);
            return;
        }

        var pair = (before, after);
        if (_changes.Count > most || _silent.Contains(pair) || !_open.Add(pair))
            return;
        Nesting.Check(_open.Count, after, Nesting.DeepestValues);
        var told = _changes.Count;
        foreach (var (step, was, now) in before.IsObject ? Members(before, after) : Elements(before, after))
        {
            _steps.Add(step);
            if (was.Exists && now.Exists)
                Compare(was, now);
            else
                Add(was, now);
            _steps.RemoveAt(_steps.Count - 1);
        }

        _open.Remove(pair);
        if (_changes.Count == told)
            _silent.Add(pair);
    }

    private void Add(Node before, Node after)
    {
        if (_changes.Count <= most)
            _changes.Add(new PointerChange([.. _steps], before, after));
    }

    private static IEnumerable<(string Step, Node Old, Node New)> Members(Node before, Node after)
    {
        var left = after.Children.ToList().ToDictionary(m => m.Name!, StringComparer.Ordinal);
        foreach (var member in before.Children.ToList())
        {
            left.Remove(member.Name!, out var kept);
            yield return (JsonPointer.Escape(member.Name!), member, kept);
        }

        foreach (var (name, added) in left)
            yield return (JsonPointer.Escape(name), default, added);
    }

    private static IEnumerable<(string Step, Node Old, Node New)> Elements(Node before, Node after)
    {
        var (was, now) = (before.Children.ToList(), after.Children.ToList());
        for (var i = 0; i < Math.Max(was.Count, now.Count); i++)
            yield return (i.ToString(CultureInfo.InvariantCulture), i < was.Count ? was[i] : default, i < now.Count ? now[i] : default);
    }
}
