using Davit.Contracts.Documents;
using Davit.Contracts.JsonSchemas.Values;

namespace Davit.Contracts.JsonSchemas.Schemas;

[Flags]
internal enum JsonTypes
{
    None = 0,
    Null = 1,
    Boolean = 2,
    Integer = 4,
    Fraction = 8,
    String = 16,
    Array = 32,
    Object = 64,
    Number = Integer | Fraction,
    Any = 127,
}

/// <summary>A schema in normal form: every draft reads as 2020-12. Absent keywords are null or empty.</summary>
internal sealed class JsonSchema(int id, SchemaLoader owner, Node node)
{
    private string? _canonical;

    /// <summary>Unique among the schemas of one decision.</summary>
    public int Id { get; } = id;

    /// <summary>Tells the two sides of a comparison apart.</summary>
    public SchemaLoader Owner { get; } = owner;

    public Node Node { get; } = node;

    /// <summary>The value of a boolean schema.</summary>
    public bool? Always { get; set; }

    /// <summary>The reference as it is written.</summary>
    public Node Reference { get; set; }

    public JsonTypes Types { get; set; } = JsonTypes.Any;

    public List<List<JsonValue>> Enums { get; } = [];

    public Exact? Minimum { get; set; }

    public Exact? ExclusiveMinimum { get; set; }

    public Exact? Maximum { get; set; }

    public Exact? ExclusiveMaximum { get; set; }

    public Exact? MultipleOf { get; set; }

    public long MinLength { get; set; }

    public long? MaxLength { get; set; }

    public Pattern? Pattern { get; set; }

    /// <summary>Keywords that say what a text means and assert nothing unless asked to, such as <c>format: date</c>.</summary>
    public List<string> Meanings { get; } = [];

    public List<JsonSchema> PrefixItems { get; } = [];

    public JsonSchema? Items { get; set; }

    public JsonSchema? Contains { get; set; }

    public long MinContains { get; set; } = 1;

    public long? MaxContains { get; set; }

    public long MinItems { get; set; }

    public long? MaxItems { get; set; }

    public bool IsUnique { get; set; }

    public JsonSchema? UnevaluatedItems { get; set; }

    public Dictionary<string, JsonSchema> Properties { get; } = new(StringComparer.Ordinal);

    public List<(Pattern Pattern, JsonSchema Schema)> PatternProperties { get; } = [];

    public JsonSchema? AdditionalProperties { get; set; }

    public List<string> Required { get; } = [];

    public JsonSchema? PropertyNames { get; set; }

    public long MinProperties { get; set; }

    public long? MaxProperties { get; set; }

    public List<(string Name, List<string> Required)> DependentRequired { get; } = [];

    public List<(string Name, JsonSchema Schema)> DependentSchemas { get; } = [];

    public JsonSchema? UnevaluatedProperties { get; set; }

    public List<JsonSchema> AllOf { get; } = [];

    /// <summary>Null where the keyword is absent; an empty list accepts nothing.</summary>
    public List<JsonSchema>? AnyOf { get; set; }

    public List<JsonSchema>? OneOf { get; set; }

    public JsonSchema? Not { get; set; }

    public JsonSchema? If { get; set; }

    public JsonSchema? Then { get; set; }

    public JsonSchema? Else { get; set; }

    public bool HasItems => PrefixItems.Count > 0 || Items is not null;

    public bool HasMembers => Properties.Count > 0 || PatternProperties.Count > 0 || AdditionalProperties is not null;

    /// <summary>The schema as text without what asserts nothing; null where it refers to another one, which only its document knows.</summary>
    public string? Canonical => (_canonical ??= CanonicalText.Of(Node, Owner.Dialect)) is "" ? null : _canonical;
}
