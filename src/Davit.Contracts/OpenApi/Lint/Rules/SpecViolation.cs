using Davit.Contracts.Documents;

namespace Davit.Contracts.OpenApi.Lint.Rules;

/// <summary>Fields that there are not, values of another kind, names that stand twice, and what must be there and has no rule of its own.</summary>
internal sealed class SpecViolation : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Error("spec-validation-error", "An object does not look as the specification demands.", "Correct the field; what is your own begins with x-.",
        [.. Enum.GetValues<Part>().Except([Part.Reference, Part.Component])]);

    public static Fault? Judge(Spot spot)
    {
        var kind = Grammar.Of(spot.Part, spot.Version);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var child in spot.Node.Children)
        {
            if (!seen.Add(child.Name!))
            {
                if (spot.Part is not Part.Schema || child.Name is not ("additionalProperties" or "unevaluatedItems" or "unevaluatedProperties"))
                    return child.Is($"'{child.Name}' stands twice in one object");
            }
            else if (Problem(spot, kind, child) is { } problem)
            {
                return child.Is(problem);
            }
        }

        return kind.Required.FirstOrDefault(f => spot[f.Name].IsMissing()) is { } missing ? spot.Node.Is($"'{missing.Name}' is missing") : null;
    }

    private static string? Problem(Spot spot, ObjectKind kind, Node child)
    {
        var name = child.Name!;
        if (spot.Part is Part.SecurityRequirement)
            return !child.IsArray ? $"'{name}' is no list of scopes" : spot.Context.HasScheme(name) || spot.Version >= SpecVersion.V32 ? null : $"there is no security scheme '{name}'";
        if (kind.Find(name, spot.Version) is not { } field)
            return name.StartsWith("x-", StringComparison.Ordinal) || kind.IsOpen ? null : kind.Others is null ? $"there is no field '{name}' here" : child.IsObject ? null : $"'{name}' is no object";
        if (field.IsIn(spot.Version))
            return field.HasOwnRule || Fits(field, child, spot.Version) ? null : $"'{name}' is not {Told(field.Shape)}";
        return kind.IsOpen || NewerKeyword.Has(spot.Part, name) ? null : $"version {spot.Version.Name()} has no field '{name}' here";
    }

    private static bool Fits(Field field, Node value, SpecVersion version) => field.Shape switch
    {
        Shape.Text => value.IsString,
        Shape.Flag => value.Kind is NodeKind.Boolean,
        Shape.Number => value.Kind is NodeKind.Number,
        Shape.Count => value.Number is { IsWhole: true } count && count >= default(Numeral),
        Shape.Texts => value.IsArray && value.Children.ToList().TrueForAll(v => v.IsString),
        Shape.Values => value.IsArray,
        Shape.Names => value.IsObject,
        Shape.One => IsOne(field, value, version),
        Shape.List => value.IsArray && value.Children.ToList().TrueForAll(v => IsOne(field, v, version)),
        Shape.Map => value.IsObject && value.Children.ToList().TrueForAll(v => IsOne(field, v, version)),
        _ => true,
    };

    /// <summary>From 3.1 on true and false are schemas; before, only the schema of further members may be one of them.</summary>
    private static bool IsOne(Field field, Node value, SpecVersion version) =>
        value.IsObject || (field.Part is Part.Schema && value.Kind is NodeKind.Boolean && (version >= SpecVersion.V31 || field.Name is "additionalProperties"));

    private static string Told(Shape shape) => shape switch
    {
        Shape.Text => "a text",
        Shape.Flag => "true or false",
        Shape.Number => "a number",
        Shape.Count => "a whole number from zero on",
        Shape.Texts => "a list of texts",
        Shape.Values => "a list",
        Shape.List => "a list of objects",
        Shape.Map => "a set of objects by their names",
        _ => "an object",
    };
}
