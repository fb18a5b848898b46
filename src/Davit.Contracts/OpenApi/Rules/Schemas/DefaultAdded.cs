using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Leaving the value out means something now.</summary>
internal sealed class DefaultAdded : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Values, "default-value-added", "A default appeared.") { Keyword = "default" }
        .Known(Severity.Note, In.Request)
        .Judged(Severity.Warning, Severity.Breaking, Scope.RequestParameter)
        .Known(Severity.Note, In.Response);

    public static string? Judge(SchemaPair pair) => pair.Gained("default") ? $"the default is now {pair.New.Default.Scalar}" : null;
}
