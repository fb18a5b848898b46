namespace Davit.Contracts.OpenApi.Lint.Rules.Documents;

internal sealed class ServerUrlRequired : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Error("server-url-required", "A server has no address.", "Give the server its url.", Part.Server);

    public static Fault? Judge(Spot spot) => spot.Requires("url", "the url of the server is missing");
}
