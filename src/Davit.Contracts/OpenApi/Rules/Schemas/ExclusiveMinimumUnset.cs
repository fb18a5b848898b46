using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Values beyond the limit are free now.</summary>
internal sealed class ExclusiveMinimumUnset : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Constraints, "exclusive-min-unset", "`exclusiveMinimum` was dropped.") { Keyword = "exclusiveMinimum" }
        .Own(Severity.Note, In.RequestAndParameter)
        .Own(Severity.Breaking, In.Response);

    public static string? Judge(SchemaPair pair) => pair.Old.Limit("exclusiveMinimum") is { } old && pair.New.Limit("exclusiveMinimum") is null && pair.Lower is BoundChange.Widened ? $"`exclusiveMinimum` {old} was dropped" : null;
}
