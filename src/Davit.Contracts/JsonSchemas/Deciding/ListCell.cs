using Davit.Contracts.JsonSchemas.Schemas;
using Davit.Contracts.JsonSchemas.Values;

namespace Davit.Contracts.JsonSchemas.Deciding;

/// <summary>Arrays: places that some schema speaks of by number, and all places after them, which are alike.</summary>
internal sealed class ListCell(GoalSolver solver, Goal goal, Cell cell)
{
    private const int MostPlaces = 64;
    private const int MostElements = 300;

    private readonly SortedDictionary<int, List<WantedItem>> _wanted = [];
    private readonly int _places = cell.Lists.Concat(cell.NoItems).Select(s => s.PrefixItems.Count).Concat(cell.WantedItems.Select(w => w.First)).DefaultIfEmpty(0).Max();
    private Cell.Range _count = cell.Items;
    private string? _open;

    public Found Solve()
    {
        if (_places > MostPlaces)
            return Found.Unknown("too many places have schemas of their own");
        for (var i = 0; i <= _places && i < _count.Most; i++)
        {
            if (solver.Solve(At(i, [])).IsNothing)
                _count = _count.AtMost(i);
        }

        if (_count.IsEmpty || (cell.HasTwins && (cell.IsUnique || _count.Most < 2)))
            return Found.Nothing;
        foreach (var wanted in cell.WantedItems.OrderBy(w => w.Last ?? int.MaxValue))
        {
            if (!Place(wanted))
                return Found.Nothing;
        }

        return _open is null ? Build() : Found.Unknown(_open);
    }

    /// <returns>False when the element can stand nowhere, even if it were the only one wanted.</returns>
    private bool Place(WantedItem wanted)
    {
        var isPossible = false;
        var last = wanted.Last ?? Math.Max(_places, wanted.First) + cell.WantedItems.Count;
        var places = Enumerable.Range(wanted.First, last - wanted.First + 1).TakeWhile(i => i < _count.Most).ToList();
        foreach (var i in places.OrderBy(_wanted.ContainsKey))
        {
            if (solver.Solve(At(i, [wanted])).IsNothing)
                continue;
            isPossible = true;
            if (solver.Solve(At(i, [.. _wanted.GetValueOrDefault(i) ?? [], wanted])).Value is null)
                continue;
            if (!_wanted.TryGetValue(i, out var there))
                _wanted[i] = there = [];
            there.Add(wanted);
            return true;
        }

        if (isPossible)
            _open = "the elements that are wanted together were not found";
        return isPossible;
    }

    private Found Build()
    {
        var count = Math.Max(_count.Least, _wanted.Count is 0 ? 0 : _wanted.Keys.Max() + 1);
        if (cell.HasTwins)
            count = Math.Max(count, Math.Min(_places, 8) + 2);
        if (count > MostElements)
            return Found.Unknown("an array would have too many elements");
        if (cell.HasTwins)
            return Twins((int)count);
        return Fill((int)count, null, -1) is { } elements ? Check(elements, "no array was found") : Found.Unknown(_open ?? "an element was not found");
    }

    /// <summary>Two equal elements at any two places; if no two places have a value in common, there are none.</summary>
    private Found Twins(int count)
    {
        var isPossible = false;
        for (var j = 1; j <= _places + 1 && j < _count.Most; j++)
        {
            for (var i = 0; i < j; i++)
            {
                var both = solver.Solve(new Goal([.. At(i, []).Accepting, .. At(j, []).Accepting], [.. At(i, []).Refusing, .. At(j, []).Refusing]));
                isPossible |= !both.IsNothing;
                if (both.Value is null)
                    continue;
                var length = (int)Math.Min(Math.Max(Math.Max(_count.Least, j + 1), _wanted.Count is 0 ? 0 : _wanted.Keys.Max() + 1), count);
                if (Fill(length, both.Value, i, j) is { } elements && Check(elements, "").Value is { } found)
                    return Found.One(found);
            }
        }

        return isPossible ? Found.Unknown("no array with two equal elements was found") : Found.Nothing;
    }

    private List<JsonValue>? Fill(int count, JsonValue? twin, params int[] twins)
    {
        var elements = new List<JsonValue>();
        for (var i = 0; i < count; i++)
        {
            var place = At(i, _wanted.GetValueOrDefault(i) ?? []);
            var value = twin is not null && twins.Contains(i) ? twin
                : solver.Solve(cell.IsUnique ? new Goal(place.Accepting, place.Refusing, elements) : place).Value;
            if (value is null)
                return null;
            elements.Add(value);
        }

        return elements;
    }

    private Found Check(List<JsonValue> elements, string otherwise) => solver.TrySome(goal, [JsonValue.Of(elements)], otherwise);

    private Goal At(int place, IReadOnlyList<WantedItem> wanted) => new(
        cell.Lists.Select(s => place < s.PrefixItems.Count ? s.PrefixItems[place] : s.Items).OfType<JsonSchema>().Concat(wanted.Where(w => w.IsAccepted).Select(w => w.Schema)),
        cell.NoItems.Concat(wanted.Where(w => !w.IsAccepted).Select(w => w.Schema)));
}
