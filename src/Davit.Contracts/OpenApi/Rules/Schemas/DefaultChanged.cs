using Davit.Contracts.Documents;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Leaving the value out means something else now.</summary>
internal sealed class DefaultChanged : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Values, "default-value-changed", "The default is another.") { Keyword = "default" }
        .Known(Severity.Note, In.Request)
        .Judged(Severity.Warning, Severity.Breaking, Scope.RequestParameter)
        .Known(Severity.Note, In.Response);

    public static string? Judge(SchemaPair pair) => pair.Old.Default.Exists && pair.New.Default.Exists && !NodeEquality.Same(pair.Old.Default, pair.New.Default) ? $"the default went from {pair.Old.Default.Scalar} to {pair.New.Default.Scalar}" : null;
}
