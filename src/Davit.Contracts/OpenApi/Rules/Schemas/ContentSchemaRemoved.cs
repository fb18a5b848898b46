using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Values that the schema of the content excluded are free now.</summary>
internal sealed class ContentSchemaRemoved : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Existence, "content-schema-removed", "`contentSchema` was dropped.") { Keyword = "contentSchema" }
        .Known(Severity.Note, In.Request)
        .Known(Severity.Breaking, In.Response);

    public static string? Judge(SchemaPair pair) => pair.Lost("contentSchema") ? "`contentSchema` was dropped" : null;
}
