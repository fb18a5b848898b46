using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Smaller values are accepted, or may be sent.</summary>
internal sealed class ExclusiveMinimumDecreased : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Constraints, "exclusive-min-decreased", "`exclusiveMinimum` was lowered.") { Keyword = "exclusiveMinimum" }
        .Known(Severity.Note, In.RequestAndParameter)
        .Known(Severity.Breaking, In.Response);

    public static string? Judge(SchemaPair pair) => pair.Old.Limit("exclusiveMinimum") is { } old && pair.New.Limit("exclusiveMinimum") is { } now && now < old ? $"`exclusiveMinimum` went from {old} to {now}" : null;
}
