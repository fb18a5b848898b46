using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Readers decode the text as it was.</summary>
internal sealed class ContentEncodingChanged : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Type, "content-encoding-changed", "`contentEncoding` is another.") { Keyword = "contentEncoding" }
        .Known(Severity.Breaking, In.Request)
        .Known(Severity.Breaking, In.Response);

    public static string? Judge(SchemaPair pair) => pair.Old.Text("contentEncoding") != pair.New.Text("contentEncoding") ? $"`contentEncoding` went from '{pair.Old.Text("contentEncoding")}' to '{pair.New.Text("contentEncoding")}'" : null;
}
