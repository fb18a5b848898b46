using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Values beyond the limit were free before.</summary>
internal sealed class MinimumSet : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Constraints, "min-set", "`minimum` was introduced.") { Keyword = "minimum" }
        .Known(Severity.Warning, In.RequestAndParameter)
        .Own(Severity.Note, In.Response)
        .BreakingByWitness(In.RequestAndParameter);

    public static string? Judge(SchemaPair pair) => pair.Old.Limit("minimum") is null && pair.New.Limit("minimum") is { } now && pair.Lower is BoundChange.Narrowed ? $"`minimum` is now {now}" : null;
}
