using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>There is one way less to be valid.</summary>
internal sealed class OneOfRemoved : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Structure, "one-of-removed", "An exclusive alternative was removed.") { Keyword = "oneOf" }
        .Known(Severity.Breaking, In.Request)
        .Own(Severity.Breaking, Scope.RequestParameter)
        .Known(Severity.Note, In.Response);

    public static string? Judge(SchemaPair pair) => pair.OneOf.Removed is [var branch, ..] ? $"{branch.Told} was removed from the alternatives" : null;

    public static Places? Where(SchemaPair pair) => new(pair.OneOf.Removed.FirstOrDefault().Site, default);
}
