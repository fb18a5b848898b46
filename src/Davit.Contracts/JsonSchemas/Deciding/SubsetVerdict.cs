using Davit.Contracts.JsonSchemas.Values;

namespace Davit.Contracts.JsonSchemas.Deciding;

/// <summary>Whether a schema accepts everything that another one accepts.</summary>
internal abstract record SubsetVerdict
{
    private SubsetVerdict()
    {
    }

    internal sealed record ProvenSafe : SubsetVerdict;

    /// <param name="Witness">The inner schema accepts it, the outer one refuses it; the validator says so on both sides.</param>
    /// <param name="IsBySearch">It was found by trying, not constructed.</param>
    internal sealed record ProvenBreaking(JsonValue Witness, bool IsBySearch = false) : SubsetVerdict;

    internal sealed record Undecided(string Reason) : SubsetVerdict;
}

/// <summary>How schemas are read.</summary>
internal sealed record SchemaReading
{
    public static readonly SchemaReading Strict = new();

    /// <summary>As registries read: an object that declares members is an agreement to send no others.</summary>
    public static readonly SchemaReading Lenient = new() { IsClosed = true };

    public bool IsClosed { get; init; }

    /// <summary>`format` and the content keywords assert what they say, and only the same one says the same.</summary>
    public bool AssertsMeanings { get; init; }

    /// <summary>Values that are tried where nothing is proven.</summary>
    public int MostCandidates { get; init; } = 4_000;

    /// <summary>Steps after which a proof is given up.</summary>
    public int MostSteps { get; init; } = 40_000;
}
