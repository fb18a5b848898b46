using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Shorter values were free before.</summary>
internal sealed class MinLengthSet : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Constraints, "min-length-set", "`minLength` was introduced.") { Keyword = "minLength" }
        .Own(Severity.Warning, In.RequestAndParameter)
        .Own(Severity.Note, In.Response)
        .BreakingByWitness(In.RequestAndParameter);

    public static string? Judge(SchemaPair pair) => Is(pair) ? $"`minLength` is now {pair.New.Least("minLength")}" : null;

    public static bool Is(SchemaPair pair) => pair.Old.Least("minLength").IsZero && !pair.New.Least("minLength").IsZero;
}
