namespace Davit.Contracts.OpenApi.Lint.Rules.Security;

internal sealed class BearerFormatForbidden : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Error("bearer-format-forbidden", "The form of a bearer token is given where there is none.", "Remove bearerFormat, or use the scheme bearer.", Part.SecurityScheme);

    public static Fault? Judge(Spot spot) => spot["type"].Text is "http" && string.Equals(spot["scheme"].Text, "bearer", StringComparison.OrdinalIgnoreCase) ? null : spot.Forbids("bearerFormat", "bearerFormat is only for the scheme bearer");
}
