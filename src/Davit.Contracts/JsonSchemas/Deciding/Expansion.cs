using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Davit.Contracts.JsonSchemas.Schemas;

namespace Davit.Contracts.JsonSchemas.Deciding;

/// <summary>A schema that must accept or refuse the value.</summary>
internal readonly record struct Claim(JsonSchema Schema, bool Holds);

/// <summary>Takes a goal apart into cells, one for each way in which its schemas can accept and refuse.</summary>
internal sealed class Expansion(SchemaReading reading, Func<bool> spend)
{
    private const int Deepest = 200;

    /// <summary>Set when cells were left out, so that nothing can be proven any more.</summary>
    public bool IsCutOff { get; private set; }

    public IEnumerable<Cell> Cells(Goal goal)
    {
        var claims = goal.Accepting.Select(s => new Claim(s, true)).Concat(goal.Refusing.Select(s => new Claim(s, false))).Reverse();
        return Expand(Cell.New(), ImmutableStack.CreateRange(claims), 0);
    }

    private IEnumerable<Cell> Expand(Cell cell, ImmutableStack<Claim> open, int depth)
    {
        if (!spend() || depth > Deepest || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            IsCutOff = true;
            return [];
        }

        if (cell.Types is JsonTypes.None)
            return [];
        if (open.IsEmpty)
            return [cell];
        var (claim, rest) = (open.Peek(), open.Pop());
        return claim.Holds ? Accept(cell, claim.Schema, rest, depth) : Refuse(cell, claim.Schema, rest, depth);
    }

    private IEnumerable<Cell> Accept(Cell cell, JsonSchema schema, ImmutableStack<Claim> open, int depth)
    {
        if (schema.Always is { } always)
            return always ? Expand(cell, open, depth + 1) : [];
        var own = cell.Copy();
        Conditions.Add(own, schema, reading);
        if (schema.Reference.Exists && schema.Owner.Target(schema) is { } target)
            open = open.Push(new(target, true));
        if (schema.Not is { } not)
            open = open.Push(new(not, false));
        foreach (var all in schema.AllOf)
            open = open.Push(new(all, true));
        var choices = Choices(schema);
        return choices is [] ? Expand(own, open, depth + 1) : Choose(own, open, choices, 0, depth + 1);
    }

    private IEnumerable<Cell> Choose(Cell cell, ImmutableStack<Claim> open, List<List<Alternative>> choices, int at, int depth)
    {
        if (at == choices.Count)
            return Expand(cell, open, depth);
        return choices[at].SelectMany(alternative =>
        {
            var own = cell.Copy();
            own.Types &= alternative.Types;
            alternative.Change?.Invoke(own);
            return Choose(own, alternative.Claims.Aggregate(open, (stack, claim) => stack.Push(claim)), choices, at + 1, depth);
        });
    }

    private static List<List<Alternative>> Choices(JsonSchema schema)
    {
        var choices = new List<List<Alternative>>();
        if (schema.AnyOf is { } any)
            choices.Add(any.ConvertAll(b => Alternative.Of(new Claim(b, true))));
        if (schema.OneOf is { } one)
            choices.Add(one.ConvertAll(b => Alternative.Of([.. one.Select(o => new Claim(o, ReferenceEquals(o, b)))])));
        if (schema.If is { } condition)
            choices.Add([Alternative.Of(Both(condition, true, schema.Then, true)), Alternative.Of(Both(condition, false, schema.Else, true))]);
        foreach (var (name, required) in schema.DependentRequired)
            choices.Add([.. Without(name), new(c => c.Required.UnionWith([name, .. required]), [], JsonTypes.Object)]);
        foreach (var (name, below) in schema.DependentSchemas)
            choices.Add([.. Without(name), new(c => c.Required.Add(name), [new Claim(below, true)], JsonTypes.Object)]);
        return choices;
    }

    private static IEnumerable<Alternative> Without(string name) => [new(null, [], JsonTypes.Any & ~JsonTypes.Object), new(c => c.Absent.Add(name), [], JsonTypes.Object)];

    private static Claim[] Both(JsonSchema first, bool firstHolds, JsonSchema? second, bool secondHolds) =>
        second is null ? [new(first, firstHolds)] : [new(first, firstHolds), new(second, secondHolds)];

    private IEnumerable<Cell> Refuse(Cell cell, JsonSchema schema, ImmutableStack<Claim> open, int depth)
    {
        if (schema.Always is { } always)
            return always ? [] : Expand(cell, open, depth + 1);
        return Refusals.Of(schema, reading).Concat(RefusedBranches(schema)).SelectMany(alternative =>
        {
            var own = cell.Copy();
            own.Types &= alternative.Types;
            if (own.Types is JsonTypes.None)
                return [];
            alternative.Change?.Invoke(own);
            return Expand(own, alternative.Claims.Aggregate(open, (stack, claim) => stack.Push(claim)), depth + 1);
        });
    }

    /// <summary>Every way in which what combines schemas can fail.</summary>
    private static IEnumerable<Alternative> RefusedBranches(JsonSchema schema)
    {
        if (schema.Reference.Exists)
            yield return schema.Owner.Target(schema) is { } target ? Alternative.Of(new Claim(target, false)) : Alternative.Of();
        foreach (var all in schema.AllOf)
            yield return Alternative.Of(new Claim(all, false));
        if (schema.AnyOf is { } any)
            yield return Alternative.Of([.. any.Select(b => new Claim(b, false))]);
        if (schema.OneOf is { } one)
        {
            yield return Alternative.Of([.. one.Select(b => new Claim(b, false))]);
            for (var i = 0; i < one.Count; i++)
            {
                for (var j = i + 1; j < one.Count; j++)
                    yield return Alternative.Of(new Claim(one[i], true), new Claim(one[j], true));
            }
        }

        if (schema.Not is { } not)
            yield return Alternative.Of(new Claim(not, true));
        if (schema is { If: { } condition, Then: { } then })
            yield return Alternative.Of(new Claim(condition, true), new Claim(then, false));
        if (schema is { If: { } otherwise, Else: { } other })
            yield return Alternative.Of(new Claim(otherwise, false), new Claim(other, false));
    }
}

/// <summary>One of several ways: conditions of its own, and claims that remain.</summary>
internal sealed record Alternative(Action<Cell>? Change, IReadOnlyList<Claim> Claims, JsonTypes Types = JsonTypes.Any)
{
    public static Alternative Of(params IReadOnlyList<Claim> claims) => new(null, claims);
}
