using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Shorter values are accepted, or may be sent.</summary>
internal sealed class MinLengthDecreased : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Constraints, "min-length-decreased", "`minLength` was lowered.") { Keyword = "minLength" }
        .Known(Severity.Note, In.RequestAndParameter)
        .Known(Severity.Breaking, In.Response);

    public static string? Judge(SchemaPair pair) => pair.New.Least("minLength") < pair.Old.Least("minLength") ? $"`minLength` went from {pair.Old.Least("minLength")} to {pair.New.Least("minLength")}" : null;

    public static Fact? Claimant(SchemaPair pair) => MinLengthUnset.Is(pair) ? MinLengthUnset.Fact : null;
}
