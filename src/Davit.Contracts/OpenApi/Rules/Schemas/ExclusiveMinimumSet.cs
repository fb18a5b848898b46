using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Values beyond the limit were free before.</summary>
internal sealed class ExclusiveMinimumSet : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Constraints, "exclusive-min-set", "`exclusiveMinimum` was introduced.") { Keyword = "exclusiveMinimum" }
        .Known(Severity.Warning, In.RequestAndParameter)
        .Own(Severity.Note, In.Response)
        .BreakingByWitness(In.RequestAndParameter);

    public static string? Judge(SchemaPair pair) => pair.Old.Limit("exclusiveMinimum") is null && pair.New.Limit("exclusiveMinimum") is { } now && pair.Lower is BoundChange.Narrowed ? $"`exclusiveMinimum` is now {now}" : null;
}
