using System.Runtime.CompilerServices;
using Davit.Contracts.JsonSchemas.Schemas;
using Davit.Contracts.JsonSchemas.Validation;
using Davit.Contracts.JsonSchemas.Values;

namespace Davit.Contracts.JsonSchemas.Deciding;

/// <summary>
/// Finds a value for a goal, or proves that there is none. A goal that needs a smaller value for itself is empty on that way:
/// the smallest value of all cannot hold a smaller one.
/// </summary>
internal sealed class GoalSolver(SchemaReading reading, SchemaLoader? sender)
{
    private const int Deepest = 40;

    private readonly SchemaValidator _validator = new(reading.AssertsMeanings);
    private readonly Dictionary<string, Found> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _open = new(StringComparer.Ordinal);
    private int _steps;

    /// <summary>The outermost open goal that was taken to be empty since it was last asked for.</summary>
    private int _assumed = int.MaxValue;

    public SchemaReading Reading { get; } = reading;

    public SchemaLoader? Sender { get; } = sender;

    public Found Solve(Goal goal)
    {
        if (goal.IsContradiction)
            return Found.Nothing;
        var key = goal.Key;
        if (_known.TryGetValue(key, out var known))
            return known;
        if (_open.TryGetValue(key, out var level))
        {
            _assumed = Math.Min(_assumed, level);
            return Found.Nothing;
        }

        if (_open.Count >= Deepest || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
            return Found.Unknown("the schemas are nested too deeply");
        var outer = _assumed;
        (_assumed, level) = (int.MaxValue, _open.Count);
        _open.Add(key, level);
        var found = Cells(goal);
        _open.Remove(key);
        if (_assumed >= level || found.Value is not null)
            _known[key] = found;
        _assumed = Math.Min(outer, _assumed >= level ? int.MaxValue : _assumed);
        return found;
    }

    /// <summary>The value itself where it is right in all respects.</summary>
    public Found Try(Goal goal, JsonValue value)
    {
        if (goal.Except.Contains(value))
            return Found.Nothing;
        var isUncertain = false;
        foreach (var schema in goal.Accepting)
        {
            if (_validator.Accepts(schema, value) is not { } accepts)
                isUncertain = true;
            else if (!accepts)
                return Found.Nothing;
        }

        foreach (var schema in goal.Refusing)
        {
            if (_validator.Accepts(schema, value) is not { } accepts)
                isUncertain = true;
            else if (accepts)
                return Found.Nothing;
        }

        return isUncertain ? Found.Unknown("what a format, a pattern or a reference means is not known") : Found.One(value);
    }

    /// <summary>Every value that there can be is among these.</summary>
    public Found TryAll(Goal goal, IEnumerable<JsonValue> values) => Found.Any(values.Select(v => Try(goal, v)));

    /// <summary>These are only some values: when none is right, that proves nothing.</summary>
    public Found TrySome(Goal goal, IEnumerable<JsonValue> values, string otherwise)
    {
        var found = TryAll(goal, values);
        return found.IsNothing ? Found.Unknown(otherwise) : found;
    }

    private Found Cells(Goal goal)
    {
        var expansion = new Expansion(Reading, () => ++_steps <= Reading.MostSteps);
        var found = Found.Any(expansion.Cells(goal).Select(cell => Cell(goal, cell)));
        return found.IsNothing && expansion.IsCutOff ? Found.Unknown("there are too many combinations") : found;
    }

    private Found Cell(Goal goal, Cell cell)
    {
        if (cell.Enums is not [])
            return TryAll(goal, cell.Enums.MinBy(e => e.Count)!);
        return Found.Any(Kinds(goal, cell));
    }

    private IEnumerable<Found> Kinds(Goal goal, Cell cell)
    {
        if (cell.Types.HasFlag(JsonTypes.Null))
            yield return Try(goal, JsonValue.Null);
        if (cell.Types.HasFlag(JsonTypes.Boolean))
            yield return TryAll(goal, [JsonValue.True, JsonValue.False]);
        if ((cell.Types & JsonTypes.Number) is not JsonTypes.None)
            yield return NumberCell.Solve(this, goal, cell);
        if (cell.Types.HasFlag(JsonTypes.String))
            yield return TextCell.Solve(this, goal, cell);
        if (cell.Types.HasFlag(JsonTypes.Array))
            yield return new ListCell(this, goal, cell).Solve();
        if (cell.Types.HasFlag(JsonTypes.Object))
            yield return new ObjectCell(this, goal, cell).Solve();
    }
}
