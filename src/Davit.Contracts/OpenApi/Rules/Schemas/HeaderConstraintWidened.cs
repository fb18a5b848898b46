using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Readers may meet values that were excluded.</summary>
internal sealed class HeaderConstraintWidened : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Constraints, "constraint-widened", "A limit of a response header is wider or gone.")
        .Own(Severity.Breaking, Scope.ResponseHeader);

    public static string? Judge(SchemaPair pair) => HeaderLimits.Moved(pair, BoundChange.Widened) ? "a limit of the header is wider or gone" : null;
}
