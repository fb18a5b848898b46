using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Smaller values are accepted, or may be sent.</summary>
internal sealed class MinimumDecreased : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Constraints, "min-decreased", "`minimum` was lowered.") { Keyword = "minimum" }
        .Known(Severity.Note, In.RequestAndParameter)
        .Known(Severity.Breaking, In.Response);

    public static string? Judge(SchemaPair pair) => pair.Old.Limit("minimum") is { } old && pair.New.Limit("minimum") is { } now && now < old ? $"`minimum` went from {old} to {now}" : null;
}
