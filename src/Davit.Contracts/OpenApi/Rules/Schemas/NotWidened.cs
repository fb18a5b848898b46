using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Values are excluded that were allowed.</summary>
internal sealed class NotWidened : ISchemaRule<ExclusionPair>
{
    public static Fact Fact { get; } = new Fact(Kind.Structure, "not-widened", "`not` excludes more values.") { Keyword = "not" }
        .Own(Severity.Breaking, In.Request)
        .Own(Severity.Note, In.Response);

    public static string? Judge(ExclusionPair part) => part.Change is BoundChange.Widened ? "more values are excluded now" : null;
}
