using Davit.Contracts.JsonSchemas.Deciding;
using Davit.Contracts.JsonSchemas.Schemas;
using Davit.Contracts.JsonSchemas.Validation;

namespace Davit.Contracts.JsonSchemas;

/// <summary>Decides whether one schema accepts everything that another one accepts.</summary>
internal static class SchemaSubset
{
    /// <param name="inner">What is sent.</param>
    /// <param name="outer">What is accepted.</param>
    public static SubsetVerdict Decide(SchemaLoader inner, SchemaLoader outer, SchemaReading? reading = null)
    {
        reading ??= SchemaReading.Strict;
        if (IsSameText(inner, outer))
            return new SubsetVerdict.ProvenSafe();
        var solver = new GoalSolver(reading, inner);
        var found = solver.Solve(new Goal([inner.Root], [outer.Root]));
        if (found.Value is { } witness)
            return new SubsetVerdict.ProvenBreaking(witness);
        if (found.IsNothing)
            return new SubsetVerdict.ProvenSafe();
        if (!reading.IsClosed && Search(inner, outer, reading) is { } searched)
            return searched;
        return new SubsetVerdict.Undecided(found.Open!);
    }

    private static SubsetVerdict.ProvenBreaking? Search(SchemaLoader inner, SchemaLoader outer, SchemaReading reading)
    {
        var validator = new SchemaValidator(reading.AssertsMeanings);
        foreach (var candidate in new ValueSearch(inner.Root, outer.Root).Values(reading.MostCandidates))
        {
            if (validator.Accepts(inner.Root, candidate) is true && validator.Accepts(outer.Root, candidate) is false)
                return new SubsetVerdict.ProvenBreaking(candidate, IsBySearch: true);
        }

        return null;
    }

    private static bool IsSameText(SchemaLoader inner, SchemaLoader outer)
    {
        var isWhole = inner.IsWhole && outer.IsWhole;
        return inner.Dialect == outer.Dialect && CanonicalText.Of(inner.Root.Node, inner.Dialect, isWhole) is { Length: > 0 } text && text == CanonicalText.Of(outer.Root.Node, outer.Dialect, isWhole);
    }
}
