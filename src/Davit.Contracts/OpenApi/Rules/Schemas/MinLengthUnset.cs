using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Shorter values are free now.</summary>
internal sealed class MinLengthUnset : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Constraints, "min-length-unset", "`minLength` was dropped.") { Keyword = "minLength" }
        .Own(Severity.Note, In.RequestAndParameter)
        .Own(Severity.Breaking, In.Response);

    public static string? Judge(SchemaPair pair) => Is(pair) ? $"`minLength` {pair.Old.Least("minLength")} was dropped" : null;

    public static bool Is(SchemaPair pair) => !pair.Old.Least("minLength").IsZero && pair.New.Least("minLength").IsZero;
}
