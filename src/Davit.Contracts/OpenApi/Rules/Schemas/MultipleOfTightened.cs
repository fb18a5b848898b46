using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Some multiples of the old number are none of the new one.</summary>
internal sealed class MultipleOfTightened : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Constraints, "multiple-of-tightened", "`multipleOf` is a multiple of what it was.") { Keyword = "multipleOf" }
        .Own(Severity.Breaking, In.RequestAndParameter)
        .Own(Severity.Note, In.Response);

    public static string? Judge(SchemaPair pair) => pair.Old.Limit("multipleOf") is { } old && pair.New.Limit("multipleOf") is { } now && now != old && now.IsMultipleOf(old) ? $"`multipleOf` went from {old} to {now}" : null;
}
