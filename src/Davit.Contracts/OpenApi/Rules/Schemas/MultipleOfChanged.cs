using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Multiples of the one are not those of the other.</summary>
internal sealed class MultipleOfChanged : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Constraints, "multiple-of-changed", "`multipleOf` is another number.") { Keyword = "multipleOf" }
        .Own(Severity.Breaking, In.RequestAndParameter)
        .Own(Severity.Breaking, In.Response);

    public static string? Judge(SchemaPair pair) => pair.Old.Limit("multipleOf") is { } old && pair.New.Limit("multipleOf") is { } now && !now.IsMultipleOf(old) && !old.IsMultipleOf(now) ? $"`multipleOf` went from {old} to {now}" : null;
}
