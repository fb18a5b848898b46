using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Fewer values come.</summary>
internal sealed class HeaderConstraintNarrowed : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Constraints, "constraint-narrowed", "A limit of a response header is narrower or new.")
        .Own(Severity.Note, Scope.ResponseHeader);

    public static string? Judge(SchemaPair pair) => HeaderLimits.Moved(pair, BoundChange.Narrowed) ? "a limit of the header is narrower or new" : null;
}
