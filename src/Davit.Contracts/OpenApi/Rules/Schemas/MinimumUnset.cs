using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Values beyond the limit are free now.</summary>
internal sealed class MinimumUnset : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Constraints, "min-unset", "`minimum` was dropped.") { Keyword = "minimum" }
        .Own(Severity.Note, In.RequestAndParameter)
        .Own(Severity.Breaking, In.Response);

    public static string? Judge(SchemaPair pair) => pair.Old.Limit("minimum") is { } old && pair.New.Limit("minimum") is null && pair.Lower is BoundChange.Widened ? $"`minimum` {old} was dropped" : null;
}
