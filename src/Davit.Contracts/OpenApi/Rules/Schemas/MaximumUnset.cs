using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Values beyond the limit are free now.</summary>
internal sealed class MaximumUnset : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Constraints, "max-unset", "`maximum` was dropped.") { Keyword = "maximum" }
        .Own(Severity.Note, In.RequestAndParameter)
        .Own(Severity.Breaking, In.Response);

    public static string? Judge(SchemaPair pair) => pair.Old.Limit("maximum") is { } old && pair.New.Limit("maximum") is null && pair.Upper is BoundChange.Widened ? $"`maximum` {old} was dropped" : null;
}
