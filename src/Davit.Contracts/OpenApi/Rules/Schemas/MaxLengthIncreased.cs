using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Longer values are accepted, or may be sent.</summary>
internal sealed class MaxLengthIncreased : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Constraints, "max-length-increased", "`maxLength` was raised.") { Keyword = "maxLength" }
        .Known(Severity.Note, In.RequestAndParameter)
        .Known(Severity.Breaking, In.Response);

    public static string? Judge(SchemaPair pair) => pair.Old.Limit("maxLength") is { } old && pair.New.Limit("maxLength") is { } now && now > old ? $"`maxLength` went from {old} to {now}" : null;
}
