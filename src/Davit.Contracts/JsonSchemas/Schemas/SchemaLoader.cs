using Davit.Contracts.Documents;
using Davit.Contracts.JsonSchemas.Values;

namespace Davit.Contracts.JsonSchemas.Schemas;

/// <summary>Brings the schemas of one document, and of those it refers to, to normal form. Each schema is one object.</summary>
internal sealed class SchemaLoader
{
    private static readonly string[] MeaningKeywords = ["format", "contentEncoding", "contentMediaType"];

    private readonly Dictionary<Node, JsonSchema> _schemas;
    private readonly Dictionary<JsonSchema, JsonSchema?> _targets;
    private readonly Dictionary<Document, SchemaResources> _resources;
    private readonly FileSet? _files;
    private readonly SchemaIds _ids;
    private readonly bool _hasNullable;
    private readonly bool _isAlone;

    /// <param name="hasNullable">A schema may say that null is allowed beside its types, as in OpenAPI 3.0.</param>
    /// <param name="isAlone">It is a contract by itself; other formats have types of their own.</param>
    private SchemaLoader(Node root, FileSet? files, SchemaIds ids, Dialect dialect, bool hasNullable, bool isAlone)
    {
        (_files, _ids, _hasNullable, _isAlone, Dialect) = (files, ids, hasNullable, isAlone, dialect);
        (_schemas, _targets, _resources) = ([], [], []);
        HasUnevaluated = root.Document.Source.Bytes.AsSpan().IndexOf("unevaluated"u8) >= 0;
        Root = Of(root);
    }

    private SchemaLoader(SchemaLoader other, Node root)
    {
        (_files, _ids, _hasNullable, _isAlone, Dialect) = (other._files, other._ids, other._hasNullable, other._isAlone, other.Dialect);
        (_schemas, _targets, _resources) = (other._schemas, other._targets, other._resources);
        HasUnevaluated = other.HasUnevaluated;
        Root = Of(root);
    }

    public Dialect Dialect { get; }

    /// <summary>The root holds all that it refers to by a place in its document.</summary>
    public bool IsWhole { get; private init; } = true;

    public JsonSchema Root { get; }

    /// <summary>Some verdict depends on which members or elements were looked at.</summary>
    public bool HasUnevaluated { get; private set; }

    /// <param name="ids">One for both sides of a decision.</param>
    /// <exception cref="UnreadableException">It is no schema, or names a type that there is not. What it refers to is read later, with the same end.</exception>
    public static SchemaLoader Read(Node root, SchemaIds ids, FileSet? files = null) =>
        root.IsObject || root.Kind is NodeKind.Boolean ? new SchemaLoader(root, files, ids, Dialects.Of(root), hasNullable: false, isAlone: true) : throw new UnreadableException(UnreadableCodes.Syntax, "a schema is an object, true or false", root.Where);

    /// <summary>Schemas inside a document of another format.</summary>
    public static SchemaLoader Within(Node document, SchemaIds ids, FileSet files, Dialect dialect, bool hasNullable) => new(document, files, ids, dialect, hasNullable, isAlone: false);

    /// <summary>The same schemas, seen from another one of them.</summary>
    public SchemaLoader From(Node root) => new(this, root) { IsWhole = false };

    /// <summary>Where a reference leads.</summary>
    /// <returns>Null when that is not known: it leads to nothing, to another machine, or to where the caller decides.</returns>
    public JsonSchema? Target(JsonSchema schema)
    {
        if (_targets.TryGetValue(schema, out var known))
            return known;
        var found = schema.Reference.Name is "$ref" ? Resolve(schema.Reference) : default;
        return _targets[schema] = found.IsObject || found.Kind is NodeKind.Boolean ? Of(found) : null;
    }

    private Node Resolve(Node reference)
    {
        if (reference.Text is not { } text)
            return default;
        var found = ResourcesOf(reference.Document).Resolve(reference, text);
        var hash = text.IndexOf('#', StringComparison.Ordinal);
        var (file, fragment) = hash < 0 ? (text, "") : (text[..hash], Uri.UnescapeDataString(text[(hash + 1)..]));
        if (found.Exists || file is "" || file.Contains(':', StringComparison.Ordinal) || _files is null)
            return found;
        try
        {
            return JsonPointer.Follow(_files.Open(file, reference).Root, fragment);
        }
        catch (UnreadableException missing) when (missing.Code is UnreadableCodes.Unresolved)
        {
            return default;
        }
    }

    private SchemaResources ResourcesOf(Document document)
    {
        if (!_resources.TryGetValue(document, out var resources))
            _resources[document] = resources = new SchemaResources(document.Root, Dialect, hasIdentifiers: !_hasNullable);
        return resources;
    }

    private JsonSchema Of(Node node)
    {
        if (_schemas.TryGetValue(node, out var known))
            return known;
        var schema = _schemas[node] = new JsonSchema(_ids.Next(), this, node) { Always = node.Boolean };
        if (!node.IsObject)
            return schema;
        schema.Reference = Dialect > Dialect.Draft07 && Dynamic(node) is { Exists: true } dynamic ? dynamic : node["$ref"] is { IsString: true } reference ? reference : default;
        if (schema.Reference.Exists && Dialect <= Dialect.Draft07)
            return schema;
        foreach (var keyword in node.Children)
            Keyword(schema, keyword.Name!, keyword);
        if (schema.If is null)
            (schema.Then, schema.Else) = (null, null);
        Exclusive(schema, node);
        Items(schema, node);
        if (_hasNullable && node["nullable"].Boolean is true)
            schema.Types |= JsonTypes.Null;
        return schema;
    }

    private void Keyword(JsonSchema schema, string name, Node value)
    {
        switch (name)
        {
            case "type": schema.Types = Types(value); break;
            case "enum" when value.IsArray: schema.Enums.Add(value.Children.ToList().ConvertAll(JsonValue.Of)); break;
            case "const" when Dialect > Dialect.Draft04: schema.Enums.Add([JsonValue.Of(value)]); break;
            case "minimum": schema.Minimum = Number(value); break;
            case "maximum": schema.Maximum = Number(value); break;
            case "multipleOf": schema.MultipleOf = Number(value) is { Sign: > 0 } step ? step : null; break;
            case "minLength": schema.MinLength = Count(value) ?? 0; break;
            case "maxLength": schema.MaxLength = Count(value); break;
            case "pattern" when value.Text is { } pattern: schema.Pattern = new Pattern(pattern); break;
            case "minItems": schema.MinItems = Count(value) ?? 0; break;
            case "maxItems": schema.MaxItems = Count(value); break;
            case "uniqueItems": schema.IsUnique = value.Boolean is true; break;
            case "minContains" when Dialect > Dialect.Draft07: schema.MinContains = Count(value) ?? 1; break;
            case "maxContains" when Dialect > Dialect.Draft07: schema.MaxContains = Count(value); break;
            case "required" when value.IsArray: schema.Required.AddRange(Texts(value)); break;
            case "minProperties": schema.MinProperties = Count(value) ?? 0; break;
            case "maxProperties": schema.MaxProperties = Count(value); break;
            case "dependentRequired" when value.IsObject: schema.DependentRequired.AddRange(value.Children.ToList().Select(m => (m.Name!, Texts(m)))); break;
            case "dependencies" when value.IsObject && Dialect <= Dialect.Draft07: Dependencies(schema, value); break;
            default: Applicator(schema, name, value); break;
        }

        if (MeaningKeywords.Contains(name, StringComparer.Ordinal) && value.Text is { } meaning)
            schema.Meanings.Add($"{name} {meaning}");
    }

    private void Applicator(JsonSchema schema, string name, Node value)
    {
        switch (name)
        {
            case "allOf" when value.IsArray: schema.AllOf.AddRange(All(value)); break;
            case "anyOf" when value.IsArray: schema.AnyOf = All(value); break;
            case "oneOf" when value.IsArray: schema.OneOf = All(value); break;
            case "properties" when value.IsObject:
                foreach (var member in value.Children)
                    schema.Properties[member.Name!] = Of(member);
                break;
            case "patternProperties" when value.IsObject: schema.PatternProperties.AddRange(value.Children.ToList().Select(m => (new Pattern(m.Name!), Of(m)))); break;
            case "dependentSchemas" when value.IsObject: schema.DependentSchemas.AddRange(value.Children.ToList().Select(m => (m.Name!, Of(m)))); break;
            case "additionalProperties": schema.AdditionalProperties = Maybe(value); break;
            case "propertyNames" when Dialect > Dialect.Draft04: schema.PropertyNames = Maybe(value); break;
            case "contains" when Dialect > Dialect.Draft04: schema.Contains = Maybe(value); break;
            case "not": schema.Not = Maybe(value); break;
            case "if" when Dialect > Dialect.Draft06: schema.If = Maybe(value); break;
            case "then" when Dialect > Dialect.Draft06: schema.Then = Maybe(value); break;
            case "else" when Dialect > Dialect.Draft06: schema.Else = Maybe(value); break;
            case "unevaluatedItems" when Dialect > Dialect.Draft07:
                (schema.UnevaluatedItems, HasUnevaluated) = (Maybe(value), true);
                break;
            case "unevaluatedProperties" when Dialect > Dialect.Draft07:
                (schema.UnevaluatedProperties, HasUnevaluated) = (Maybe(value), true);
                break;
        }
    }

    /// <summary>Up to draft-04 the exclusive bounds are switches of the others.</summary>
    private void Exclusive(JsonSchema schema, Node node)
    {
        if (Dialect > Dialect.Draft04)
        {
            (schema.ExclusiveMinimum, schema.ExclusiveMaximum) = (Number(node["exclusiveMinimum"]), Number(node["exclusiveMaximum"]));
            return;
        }

        if (node["exclusiveMinimum"].Boolean is true)
            (schema.ExclusiveMinimum, schema.Minimum) = (schema.Minimum, null);
        if (node["exclusiveMaximum"].Boolean is true)
            (schema.ExclusiveMaximum, schema.Maximum) = (schema.Maximum, null);
    }

    private void Items(JsonSchema schema, Node node)
    {
        var items = node["items"];
        if (Dialect is Dialect.Draft202012)
        {
            schema.PrefixItems.AddRange(All(node["prefixItems"]));
            schema.Items = Maybe(items);
        }
        else if (items.IsArray)
        {
            schema.PrefixItems.AddRange(All(items));
            schema.Items = Maybe(node["additionalItems"]);
        }
        else
        {
            schema.Items = Maybe(items);
        }
    }

    private void Dependencies(JsonSchema schema, Node value)
    {
        foreach (var member in value.Children)
        {
            if (member.IsArray)
                schema.DependentRequired.Add((member.Name!, Texts(member)));
            else if (Maybe(member) is { } dependent)
                schema.DependentSchemas.Add((member.Name!, dependent));
        }
    }

    /// <summary>Where these lead depends on who refers to the schema, so they are taken to be unknown.</summary>
    private static Node Dynamic(Node node) => node["$dynamicRef"] is { Exists: true } dynamic ? dynamic : node["$recursiveRef"];

    private JsonSchema? Maybe(Node node) => node.IsObject || node.Kind is NodeKind.Boolean ? Of(node) : null;

    private List<JsonSchema> All(Node list) => list.IsArray ? list.Children.ToList().ConvertAll(Of) : [];

    private JsonTypes Types(Node node) => (node.IsArray ? node.Children.ToList() : [node]).Aggregate(JsonTypes.None, (types, one) => types | Type(one));

    private JsonTypes Type(Node name) => name.Text switch
    {
        "null" => JsonTypes.Null,
        "boolean" => JsonTypes.Boolean,
        "integer" => JsonTypes.Integer,
        "number" => JsonTypes.Number,
        "string" => JsonTypes.String,
        "array" => JsonTypes.Array,
        "object" => JsonTypes.Object,
        "any" => JsonTypes.Any,
        { } unknown when _isAlone => throw new UnreadableException(UnreadableCodes.Syntax, $"there is no type '{unknown}'", name.Where),
        _ => JsonTypes.None,
    };

    private static Exact? Number(Node node) => node.Kind is NodeKind.Number ? Exact.Parse(node.Scalar!) : null;

    /// <summary>More than anything can be is as good as the most that can be counted.</summary>
    private static long? Count(Node node) => Number(node) is not { IsWhole: true, Sign: >= 0 } number ? null
        : long.TryParse(number.ToString(), System.Globalization.CultureInfo.InvariantCulture, out var count) ? count : long.MaxValue;

    private static List<string> Texts(Node list) => [.. list.Children.ToList().Select(c => c.Text).OfType<string>().Distinct(StringComparer.Ordinal)];
}

/// <summary>Gives every schema of a decision its number.</summary>
internal sealed class SchemaIds
{
    private int _last;

    public int Next() => ++_last;
}
