using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Values beyond the limit were free before.</summary>
internal sealed class MaxLengthSet : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Constraints, "max-length-set", "`maxLength` was introduced.") { Keyword = "maxLength" }
        .Known(Severity.Warning, In.RequestAndParameter)
        .Own(Severity.Note, In.Response)
        .BreakingByWitness(In.RequestAndParameter);

    public static string? Judge(SchemaPair pair) => pair.Old.Limit("maxLength") is null && pair.New.Limit("maxLength") is { } now ? $"`maxLength` is now {now}" : null;
}
