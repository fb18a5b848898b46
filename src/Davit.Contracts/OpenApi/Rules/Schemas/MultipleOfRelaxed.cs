using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Every multiple of the old number is one of the new number.</summary>
internal sealed class MultipleOfRelaxed : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Constraints, "multiple-of-relaxed", "`multipleOf` divides what it was.") { Keyword = "multipleOf" }
        .Own(Severity.Note, In.RequestAndParameter)
        .Own(Severity.Breaking, In.Response);

    public static string? Judge(SchemaPair pair) => pair.Old.Limit("multipleOf") is { } old && pair.New.Limit("multipleOf") is { } now && now != old && old.IsMultipleOf(now) ? $"`multipleOf` went from {old} to {now}" : null;
}
