using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Values beyond the limit were free before.</summary>
internal sealed class MaximumSet : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Constraints, "max-set", "`maximum` was introduced.") { Keyword = "maximum" }
        .Known(Severity.Warning, In.RequestAndParameter)
        .Own(Severity.Note, In.Response)
        .BreakingByWitness(In.RequestAndParameter);

    public static string? Judge(SchemaPair pair) => pair.Old.Limit("maximum") is null && pair.New.Limit("maximum") is { } now && pair.Upper is BoundChange.Narrowed ? $"`maximum` is now {now}" : null;
}
