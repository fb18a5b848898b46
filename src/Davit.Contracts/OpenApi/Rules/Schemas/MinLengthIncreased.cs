using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Shorter values are refused, or no longer sent.</summary>
internal sealed class MinLengthIncreased : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Constraints, "min-length-increased", "`minLength` was raised.") { Keyword = "minLength" }
        .Known(Severity.Breaking, In.RequestAndParameter)
        .Own(Severity.Note, In.Response);

    public static string? Judge(SchemaPair pair) => pair.New.Least("minLength") > pair.Old.Least("minLength") ? $"`minLength` went from {pair.Old.Least("minLength")} to {pair.New.Least("minLength")}" : null;

    public static Fact? Claimant(SchemaPair pair) => MinLengthSet.Is(pair) ? MinLengthSet.Fact : null;
}
