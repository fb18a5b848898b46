using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Another condition must hold as well.</summary>
internal sealed class AllOfAdded : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Structure, "all-of-added", "A branch of `allOf` was added.") { Keyword = "allOf" }
        .Known(Severity.Breaking, In.Request)
        .Own(Severity.Breaking, Scope.RequestParameter)
        .Known(Severity.Note, In.Response);

    public static string? Judge(SchemaPair pair) => pair.AllOf.Added.Find(b => !b.Schema.IsAnnotation) is { Schema: not null } branch ? $"{branch.Told} must hold as well" : null;

    public static Places? Where(SchemaPair pair) => new(default, pair.AllOf.Added.Find(b => !b.Schema.IsAnnotation).Site);
}
