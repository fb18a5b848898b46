using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Values that the schema of the content excludes were free before.</summary>
internal sealed class ContentSchemaAdded : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Existence, "content-schema-added", "`contentSchema` was introduced.") { Keyword = "contentSchema" }
        .Known(Severity.Breaking, In.Request)
        .Known(Severity.Note, In.Response);

    public static string? Judge(SchemaPair pair) => pair.Gained("contentSchema") ? "`contentSchema` was introduced" : null;
}
