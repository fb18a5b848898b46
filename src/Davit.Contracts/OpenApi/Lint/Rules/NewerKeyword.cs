using System.Collections.Immutable;
using static Davit.Contracts.OpenApi.Lint.Part;
using static Davit.Contracts.OpenApi.Lint.SpecVersion;

namespace Davit.Contracts.OpenApi.Lint.Rules;

/// <summary>A field that the version of the document does not have yet, one rule for each.</summary>
/// <param name="Name">What the rule calls it.</param>
internal sealed record NewerKeyword(string Name, Part Part, string Field, SpecVersion Since)
{
    private static readonly ImmutableArray<NewerKeyword> Keywords =
    [
        new("anchor", Schema, "$anchor", V31),
        new("comment", Schema, "$comment", V31),
        new("const", Schema, "const", V31),
        new("contains", Schema, "contains", V31),
        new("content-encoding", Schema, "contentEncoding", V31),
        new("content-media-type", Schema, "contentMediaType", V31),
        new("content-schema", Schema, "contentSchema", V31),
        new("defs", Schema, "$defs", V31),
        new("dependent-required", Schema, "dependentRequired", V31),
        new("dependent-schemas", Schema, "dependentSchemas", V31),
        new("dynamic-anchor", Schema, "$dynamicAnchor", V31),
        new("dynamic-ref", Schema, "$dynamicRef", V31),
        new("else", Schema, "else", V31),
        new("examples", Schema, "examples", V31),
        new("id", Schema, "$id", V31),
        new("identifier", License, "identifier", V31),
        new("if", Schema, "if", V31),
        new("jsonschemadialect", Document, "jsonSchemaDialect", V31),
        new("max-contains", Schema, "maxContains", V31),
        new("min-contains", Schema, "minContains", V31),
        new("pattern-properties", Schema, "patternProperties", V31),
        new("prefix-items", Schema, "prefixItems", V31),
        new("property-names", Schema, "propertyNames", V31),
        new("schema", Schema, "$schema", V31),
        new("summary", Info, "summary", V31),
        new("then", Schema, "then", V31),
        new("unevaluated-items", Schema, "unevaluatedItems", V31),
        new("unevaluated-properties", Schema, "unevaluatedProperties", V31),
        new("webhooks", Document, "webhooks", V31),
        new("item-schema", MediaType, "itemSchema", V32),
    ];

    public static ImmutableArray<LintRule> All { get; } = [.. Keywords.Select(k => new LintRule(k.Fact, k.Judge))];

    private LintFact Fact => LintFact.Warning(
        $"{Name}-field-for-3-{(Since is V31 ? 1 : 2)}-plus",
        $"The field {Field} is used in a document of a version before {Since.Name()}, where it means nothing.",
        $"Raise the version of the document to {Since.Name()}, or leave the field out.",
        Part);

    /// <summary>There is a rule for the field.</summary>
    public static bool Has(Part part, string field) => Keywords.Any(k => k.Part == part && k.Field == field);

    private Fault? Judge(Spot spot) => spot.Version < Since && spot[Field] is { Exists: true } newer ? newer.Is($"'{Field}' is known from {Since.Name()} on; this document is {spot.Version.Name()}") : null;
}
