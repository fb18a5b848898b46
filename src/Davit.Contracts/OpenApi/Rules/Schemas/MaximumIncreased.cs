using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Larger values are accepted, or may be sent.</summary>
internal sealed class MaximumIncreased : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Constraints, "max-increased", "`maximum` was raised.") { Keyword = "maximum" }
        .Known(Severity.Note, In.RequestAndParameter)
        .Known(Severity.Breaking, In.Response);

    public static string? Judge(SchemaPair pair) => pair.Old.Limit("maximum") is { } old && pair.New.Limit("maximum") is { } now && now > old ? $"`maximum` went from {old} to {now}" : null;
}
