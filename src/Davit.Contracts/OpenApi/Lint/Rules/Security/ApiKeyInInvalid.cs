namespace Davit.Contracts.OpenApi.Lint.Rules.Security;

internal sealed class ApiKeyInInvalid : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Error("security-scheme-apikey-in-invalid", "An API key is in a place that there is not.", "Write in: query, header or cookie.", Part.SecurityScheme);

    public static Fault? Judge(Spot spot) => spot["type"].Text is "apiKey" && spot["in"].Text is not ("query" or "header" or "cookie") ? (spot["in"] is { Exists: true } place ? place : spot.Node).Is("the place of the key is none of query, header and cookie") : null;
}
