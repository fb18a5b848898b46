using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Numbers between are valid now.</summary>
internal sealed class MultipleOfRemoved : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Constraints, "multiple-of-removed", "`multipleOf` was dropped.") { Keyword = "multipleOf" }
        .Own(Severity.Note, In.RequestAndParameter)
        .Own(Severity.Breaking, In.Response);

    public static string? Judge(SchemaPair pair) => pair.Lost("multipleOf") ? "numbers need not be multiples any more" : null;
}
