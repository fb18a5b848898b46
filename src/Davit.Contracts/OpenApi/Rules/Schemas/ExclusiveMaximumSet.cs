using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Values beyond the limit were free before.</summary>
internal sealed class ExclusiveMaximumSet : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Constraints, "exclusive-max-set", "`exclusiveMaximum` was introduced.") { Keyword = "exclusiveMaximum" }
        .Known(Severity.Warning, In.RequestAndParameter)
        .Own(Severity.Note, In.Response)
        .BreakingByWitness(In.RequestAndParameter);

    public static string? Judge(SchemaPair pair) => pair.Old.Limit("exclusiveMaximum") is null && pair.New.Limit("exclusiveMaximum") is { } now && pair.Upper is BoundChange.Narrowed ? $"`exclusiveMaximum` is now {now}" : null;
}
