using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>There is one way more to be valid.</summary>
internal sealed class AnyOfAdded : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Structure, "any-of-added", "An alternative was added.") { Keyword = "anyOf" }
        .Known(Severity.Note, In.Request)
        .Own(Severity.Note, Scope.RequestParameter)
        .Known(Severity.Note, In.Response)
        .BreakingByWitness(In.Request);

    public static string? Judge(SchemaPair pair) => pair.AnyOf.Added is [var branch, ..] ? $"{branch.Told} was added to the alternatives" : null;

    public static Places? Where(SchemaPair pair) => new(default, pair.AnyOf.Added.FirstOrDefault().Site);
}
