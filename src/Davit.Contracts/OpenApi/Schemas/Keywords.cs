using System.Collections.Frozen;

namespace Davit.Contracts.OpenApi.Schemas;

internal enum KeywordKind
{
    Value,
    Annotation,
    Set,
    Schema,
    SchemaList,
    SchemaMap,
    Ignored,
}

/// <summary>What the value of each keyword is; keywords that are not listed hold a plain value.</summary>
internal static class Keywords
{
    /// <summary>Keywords that hold one schema, in the order in which a walk visits them.</summary>
    public static readonly string[] Schemas = ["items", "additionalProperties", "contains", "propertyNames", "unevaluatedItems", "unevaluatedProperties", "if", "then", "else", "not", "contentSchema"];

    public static readonly string[] Lists = ["allOf", "anyOf", "oneOf", "prefixItems"];

    public static readonly string[] Maps = ["properties", "patternProperties", "dependentSchemas"];

    private static readonly FrozenDictionary<string, KeywordKind> Kinds = new (KeywordKind Kind, string[] Names)[]
    {
        (KeywordKind.Schema, Schemas),
        (KeywordKind.SchemaList, Lists),
        (KeywordKind.SchemaMap, [.. Maps, "$defs"]),
        (KeywordKind.Set, ["required", "enum", "type"]),
        (KeywordKind.Annotation, ["title", "description", "default", "example", "examples", "externalDocs", "$comment"]),
        (KeywordKind.Ignored, ["$ref"]),
    }.SelectMany(k => k.Names.Select(n => KeyValuePair.Create(n, k.Kind))).ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenSet<string> JudgedExtensions = FrozenSet.ToFrozenSet(["x-sunset", "x-stability-level", "x-extensible-enum", "x-nullable"], StringComparer.Ordinal);

    public static KeywordKind KindOf(string keyword) => Kinds.TryGetValue(keyword, out var kind) ? kind
        : keyword.StartsWith("x-", StringComparison.Ordinal) && !JudgedExtensions.Contains(keyword) ? KeywordKind.Ignored
        : KeywordKind.Value;

    /// <summary>A value that says the same as leaving the keyword out.</summary>
    public static bool IsDefault(string keyword, Documents.Node value) => keyword switch
    {
        "nullable" or "x-nullable" or "readOnly" or "writeOnly" or "deprecated" or "uniqueItems" or "exclusiveMinimum" or "exclusiveMaximum" => value.Boolean is false,
        "minLength" or "minItems" or "minProperties" => value.Number is { IsZero: true },
        "required" or "allOf" or "anyOf" or "oneOf" or "properties" or "prefixItems" or "patternProperties" or "dependentSchemas" or "$defs" => !value.Children.GetEnumerator().MoveNext(),
        _ => false,
    };
}
