using Davit.Contracts.Documents;

namespace Davit.Contracts.OpenApi.Lint.Rules.Schemas;

internal sealed class SchemaTypeUnsupported : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Error("schema-type-unsupported", "The type of a schema is none that there is.", "Write one of string, number, integer, boolean, array and object; from 3.1 on also null and lists of types.", Part.Schema);

    public static Fault? Judge(Spot spot) => spot["type"] is { Exists: true } type && !IsType(type, spot.Version) ? type.Is($"{(type.Scalar is { } word ? $"'{word}'" : "this")} is no type") : null;

    private static bool IsType(Node type, SpecVersion version) => type.IsArray
        ? version >= SpecVersion.V31 && type.Children.ToList() is { Count: > 0 } types && types.TrueForAll(t => IsWord(t, version))
        : IsWord(type, version);

    private static bool IsWord(Node type, SpecVersion version) =>
        type.Text is "string" or "number" or "integer" or "boolean" or "array" or "object" || (type.Text is "null" && version >= SpecVersion.V31);
}
