namespace Davit.Contracts.OpenApi.Lint.Rules.Parameters;

internal sealed class ParameterInInvalid : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Error("parameter-in-invalid", "A parameter is in a place that there is not.", "Write in: query, header, path or cookie; from 3.2 on also querystring.", Part.Parameter);

    public static Fault? Judge(Spot spot) => spot["in"].Text is "query" or "header" or "path" or "cookie" || (spot["in"].Text is "querystring" && spot.Version >= SpecVersion.V32) ? null
        : (spot["in"] is { Exists: true } place ? place : spot.Node).Is("the place of the parameter is none of query, header, path and cookie");
}
