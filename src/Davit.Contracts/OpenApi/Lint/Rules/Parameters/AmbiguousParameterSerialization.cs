namespace Davit.Contracts.OpenApi.Lint.Rules.Parameters;

internal sealed class AmbiguousParameterSerialization : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Warning("ambiguous-parameter-serialization", "A parameter is sometimes an object or a list and sometimes a single value, so readers cannot tell which was sent.", "Keep one of the forms, or make a parameter of each.", Part.Parameter);

    public static Fault? Judge(Spot spot) => spot.Context.Resolve(spot["schema"])["type"] is { IsArray: true } types && types.Children.ToList().ConvertAll(t => t.Text) is var names
        && names.Exists(n => n is "object" or "array") && names.Exists(n => n is "string" or "number" or "integer" or "boolean") ? types.Is("the parameter is sometimes structured and sometimes not") : null;
}
