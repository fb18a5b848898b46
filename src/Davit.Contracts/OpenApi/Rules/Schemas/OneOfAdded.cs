using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>There is one way more to be valid.</summary>
internal sealed class OneOfAdded : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Structure, "one-of-added", "An exclusive alternative was added.") { Keyword = "oneOf", Tells = Telling.WrappingOfMember }
        .Known(Severity.Note, In.Request)
        .Own(Severity.Note, Scope.RequestParameter)
        .Known(Severity.Breaking, In.Response)
        .BreakingByWitness(In.Request);

    public static string? Judge(SchemaPair pair) => pair.OneOf.Added is [var branch, ..] ? $"{branch.Told} was added to the alternatives" : null;

    public static Places? Where(SchemaPair pair) => new(default, pair.OneOf.Added.FirstOrDefault().Site);
}
