using System.Numerics;
using Davit.Contracts.JsonSchemas.Schemas;
using Davit.Contracts.JsonSchemas.Values;

namespace Davit.Contracts.JsonSchemas.Deciding;

/// <summary>Numbers between two bounds, on the grid that all `multipleOf` make together.</summary>
internal static class NumberCell
{
    private const int MostTried = 300;

    private static readonly Exact One = new(1);

    public static Found Solve(GoalSolver solver, Goal goal, Cell cell)
    {
        if (cell.Least is { } least && cell.Most is { } most && (least > most || (least == most && (cell.IsLeastExcluded || cell.IsMostExcluded))))
            return Found.Nothing;
        var multiples = cell.Types.HasFlag(JsonTypes.Fraction) ? cell.Multiples : [.. cell.Multiples, One];
        return multiples is [] ? Between(solver, goal, cell) : OnGrid(solver, goal, cell, multiples.Aggregate(Exact.CommonMultiple));
    }

    private static Found OnGrid(GoalSolver solver, Goal goal, Cell cell, Exact step)
    {
        if (cell.NoMultiples.Exists(step.IsMultipleOf) || (!cell.Types.HasFlag(JsonTypes.Integer) && step.IsWhole))
            return Found.Nothing;
        BigInteger? first = cell.Least is { } least ? least.StepsBelow(step) : null;
        BigInteger? last = cell.Most is { } most ? most.StepsBelow(step) : null;
        if (first is { } from && (step * from < cell.Least || (step * from == cell.Least && cell.IsLeastExcluded)))
            first = from + 1;
        if (last is { } to && step * to == cell.Most && cell.IsMostExcluded)
            last = to - 1;
        if (first > last)
            return Found.Nothing;
        if (first is { } start && last is { } end && end - start < MostTried)
            return solver.TryAll(goal, Enumerable.Range(0, (int)(end - start) + 1).Select(i => JsonValue.Of(step * (start + i))));
        var up = first ?? BigInteger.Min(0, last ?? 0);
        var down = last ?? BigInteger.Max(0, first ?? 0);
        var tried = Enumerable.Range(0, MostTried / 2).SelectMany(i => (IEnumerable<BigInteger>)[up + i, down - i]).Where(k => !(k < first) && !(k > last));
        return solver.TrySome(goal, tried.Distinct().Select(k => JsonValue.Of(step * k)), "no number was found between the bounds");
    }

    private static Found Between(GoalSolver solver, Goal goal, Cell cell)
    {
        if (cell.Least is { } only && cell.Most == only)
            return solver.Try(goal, JsonValue.Of(only));
        var low = cell.Least ?? (cell.Most is { } most ? most - new Exact(1_000) : new Exact(-2));
        var high = cell.Most ?? low + new Exact(1_000);
        var tried = new List<Exact> { low, high, low + One, high - One, Exact.Zero, low + new Exact(5, 1), new(15, 1) };
        var middle = (low + high).Half;
        for (var i = 0; i < 12; i++, middle = (low + middle).Half)
            tried.AddRange([middle, (middle + high).Half]);
        foreach (var step in cell.NoMultiples)
            tried.AddRange([low + step.Half, (step * low.StepsBelow(step)) + step + step.Half, low + new Exact(1, 3)]);
        return solver.TrySome(goal, tried.Select(JsonValue.Of), "no number was found between the bounds");
    }
}
