using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>The wire does not tell the types apart.</summary>
internal sealed class TypeCompatible : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Type, "type-compatible", "The type differs, but not on the wire.") { Keyword = "type" }
        .Known(Severity.Note, In.Request)
        .Known(Severity.Note, In.Response)
        .Known(Severity.Note, Scope.ResponseHeader);

    public static string? Judge(SchemaPair pair) => pair.TypeVerdict is TypeVerdict.Compatible ? $"the type went {pair.Types.Told}, which is the same on the wire" : null;
}
