using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>A condition need no longer hold.</summary>
internal sealed class AllOfRemoved : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Structure, "all-of-removed", "A branch of `allOf` was removed.") { Keyword = "allOf" }
        .Known(Severity.Warning, In.Request)
        .Own(Severity.Warning, Scope.RequestParameter)
        .Known(Severity.Note, In.Response);

    public static string? Judge(SchemaPair pair) => pair.AllOf.Removed.Find(b => !b.Schema.IsAnnotation) is { Schema: not null } branch ? $"{branch.Told} need no longer hold" : null;

    public static Places? Where(SchemaPair pair) => new(pair.AllOf.Removed.Find(b => !b.Schema.IsAnnotation).Site, default);
}
