namespace Davit.Contracts.OpenApi.Lint.Rules.Documents;

internal sealed class OpenApiRequired : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Error("openapi-required", "The document does not say which version of OpenAPI it is written in.", "Write the version, such as openapi: 3.1.1, at the top.", Part.Document);

    public static Fault? Judge(Spot spot) => spot["openapi"].Scalar is null or "" or "null" ? spot.Node.Is("the version of OpenAPI is not given") : null;
}
