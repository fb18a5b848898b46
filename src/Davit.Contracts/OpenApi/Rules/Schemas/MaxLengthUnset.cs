using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Values beyond the limit are free now.</summary>
internal sealed class MaxLengthUnset : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Constraints, "max-length-unset", "`maxLength` was dropped.") { Keyword = "maxLength" }
        .Own(Severity.Note, In.RequestAndParameter)
        .Known(Severity.Breaking, In.Response);

    public static string? Judge(SchemaPair pair) => pair.Old.Limit("maxLength") is { } old && pair.New.Limit("maxLength") is null ? $"`maxLength` {old} was dropped" : null;
}
