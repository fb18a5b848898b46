using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Values beyond the limit are free now.</summary>
internal sealed class ExclusiveMaximumUnset : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Constraints, "exclusive-max-unset", "`exclusiveMaximum` was dropped.") { Keyword = "exclusiveMaximum" }
        .Own(Severity.Note, In.RequestAndParameter)
        .Own(Severity.Breaking, In.Response);

    public static string? Judge(SchemaPair pair) => pair.Old.Limit("exclusiveMaximum") is { } old && pair.New.Limit("exclusiveMaximum") is null && pair.Upper is BoundChange.Widened ? $"`exclusiveMaximum` {old} was dropped" : null;
}
