using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Smaller values are refused, or no longer sent.</summary>
internal sealed class MinimumIncreased : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Constraints, "min-increased", "`minimum` was raised.") { Keyword = "minimum" }
        .Known(Severity.Breaking, In.RequestAndParameter)
        .Known(Severity.Note, Scope.RequestReadOnlyProperty)
        .Own(Severity.Note, In.Response);

    public static string? Judge(SchemaPair pair) => pair.Old.Limit("minimum") is { } old && pair.New.Limit("minimum") is { } now && now > old ? $"`minimum` went from {old} to {now}" : null;
}
