using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Numbers between were valid before.</summary>
internal sealed class MultipleOfAdded : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Constraints, "multiple-of-added", "`multipleOf` was introduced.") { Keyword = "multipleOf" }
        .Own(Severity.Breaking, In.RequestAndParameter)
        .Own(Severity.Note, In.Response);

    public static string? Judge(SchemaPair pair) => pair.Gained("multipleOf") ? $"numbers must be multiples of {pair.New.Limit("multipleOf")} now" : null;
}
