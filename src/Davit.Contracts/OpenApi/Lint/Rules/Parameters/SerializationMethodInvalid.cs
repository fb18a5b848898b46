namespace Davit.Contracts.OpenApi.Lint.Rules.Parameters;

/// <summary>deepObject is defined only for exploded values; its default is taken to be meant.</summary>
internal sealed class SerializationMethodInvalid : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Error("serialization-method-invalid", "A parameter or header is written in a style that there is not at its place.", "Use a style that the place allows: form, spaceDelimited, pipeDelimited or deepObject in the query; simple, label or matrix in the path; simple in headers; form in cookies.", Part.Parameter, Part.Header);

    public static Fault? Judge(Spot spot) => spot["style"].Text is { } style && !(IsAllowed(spot.Part is Part.Header ? "header" : spot["in"].Text, style, spot.Version) && (style is not "deepObject" || spot["explode"].Boolean is not false))
        ? spot["style"].Is($"the style '{style}' with explode {spot["explode"].Scalar ?? "not given"} is not allowed here") : null;

    private static bool IsAllowed(string? place, string style, SpecVersion version) => place switch
    {
        "query" => style is "form" or "spaceDelimited" or "pipeDelimited" or "deepObject",
        "path" => style is "simple" or "label" or "matrix",
        "header" => style is "simple",
        "cookie" => style is "form" || (style is "cookie" && version >= SpecVersion.V32),
        _ => true,
    };
}
