using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>The branch describes and demands nothing.</summary>
internal sealed class AllOfAddedAnnotationOnly : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Structure, "all-of-added-annotation-only", "A branch of `allOf` that only describes was added.") { Keyword = "allOf" }
        .Known(Severity.Note, In.Request)
        .Known(Severity.Note, In.Response);

    public static string? Judge(SchemaPair pair) => pair.AllOf.Added.Exists(b => b.Schema.IsAnnotation) ? "a branch that only describes was added" : null;

    public static Places? Where(SchemaPair pair) => new(default, pair.AllOf.Added.Find(b => b.Schema.IsAnnotation).Site);
}
