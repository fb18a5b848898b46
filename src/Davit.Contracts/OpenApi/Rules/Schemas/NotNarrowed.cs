using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Values are allowed that were excluded.</summary>
internal sealed class NotNarrowed : ISchemaRule<ExclusionPair>
{
    public static Fact Fact { get; } = new Fact(Kind.Structure, "not-narrowed", "`not` excludes fewer values.") { Keyword = "not" }
        .Own(Severity.Note, In.Request)
        .Own(Severity.Breaking, In.Response)
        .BreakingByWitness(In.Request);

    public static string? Judge(ExclusionPair part) => part.Change is BoundChange.Narrowed ? "fewer values are excluded now" : null;
}
