using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Leaving the value out means something else now.</summary>
internal sealed class DefaultRemoved : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Values, "default-value-removed", "The default is gone.") { Keyword = "default" }
        .Known(Severity.Note, In.Request)
        .Judged(Severity.Warning, Severity.Breaking, Scope.RequestParameter)
        .Known(Severity.Note, In.Response);

    public static string? Judge(SchemaPair pair) => pair.Lost("default") ? $"the default {pair.Old.Default.Scalar} is gone" : null;
}
