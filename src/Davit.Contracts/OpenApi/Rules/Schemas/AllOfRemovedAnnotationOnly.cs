using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>The branch described and demanded nothing.</summary>
internal sealed class AllOfRemovedAnnotationOnly : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Structure, "all-of-removed-annotation-only", "A branch of `allOf` that only describes was removed.") { Keyword = "allOf" }
        .Known(Severity.Note, In.Request)
        .Known(Severity.Note, In.Response);

    public static string? Judge(SchemaPair pair) => pair.AllOf.Removed.Exists(b => b.Schema.IsAnnotation) ? "a branch that only described was removed" : null;

    public static Places? Where(SchemaPair pair) => new(pair.AllOf.Removed.Find(b => b.Schema.IsAnnotation).Site, default);
}
