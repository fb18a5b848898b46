using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>There is one way less to be valid.</summary>
internal sealed class AnyOfRemoved : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Structure, "any-of-removed", "An alternative was removed.") { Keyword = "anyOf" }
        .Known(Severity.Breaking, In.Request)
        .Own(Severity.Breaking, Scope.RequestParameter)
        .Known(Severity.Note, In.Response);

    public static string? Judge(SchemaPair pair) => pair.AnyOf.Removed is [var branch, ..] ? $"{branch.Told} was removed from the alternatives" : null;

    public static Places? Where(SchemaPair pair) => new(pair.AnyOf.Removed.FirstOrDefault().Site, default);
}
