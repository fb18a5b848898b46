using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Readers decode the text as it was.</summary>
internal sealed class ContentMediaTypeChanged : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Type, "content-media-type-changed", "`contentMediaType` is another.") { Keyword = "contentMediaType" }
        .Known(Severity.Breaking, In.Request)
        .Known(Severity.Breaking, In.Response);

    public static string? Judge(SchemaPair pair) => pair.Old.Text("contentMediaType") != pair.New.Text("contentMediaType") ? $"`contentMediaType` went from '{pair.Old.Text("contentMediaType")}' to '{pair.New.Text("contentMediaType")}'" : null;
}
