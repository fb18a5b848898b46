using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Larger values are accepted, or may be sent.</summary>
internal sealed class ExclusiveMaximumIncreased : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Constraints, "exclusive-max-increased", "`exclusiveMaximum` was raised.") { Keyword = "exclusiveMaximum" }
        .Known(Severity.Note, In.RequestAndParameter)
        .Known(Severity.Breaking, In.Response);

    public static string? Judge(SchemaPair pair) => pair.Old.Limit("exclusiveMaximum") is { } old && pair.New.Limit("exclusiveMaximum") is { } now && now > old ? $"`exclusiveMaximum` went from {old} to {now}" : null;
}
