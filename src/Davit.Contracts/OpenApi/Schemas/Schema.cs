using Davit.Contracts.Documents;

namespace Davit.Contracts.OpenApi.Schemas;

/// <summary>A schema object in normal form: what the versions of OpenAPI spell differently reads the same here.</summary>
internal sealed class Schema(Node node, SchemaSource source)
{
    private static readonly HashSet<string> NoTypes = [];

    private HashSet<string>? _types;
    private Dictionary<string, SchemaRef>? _properties;
    private HashSet<string>? _required;
    private List<Node>? _enum;

    public Node Node { get; } = node;

    public SchemaSource Source => source;

    /// <summary>A schema may be just true, which takes anything, or false, which takes nothing.</summary>
    public bool? Boolean => Node.Boolean;

    /// <summary>Empty when any type will do.</summary>
    public HashSet<string> Types => _types ??= ReadTypes();

    /// <summary>The keyword of OpenAPI 3.0 and its extension in 2.0.</summary>
    public bool IsNullableByKeyword => Flag("nullable") || Flag("x-nullable");

    public string Format => Text("format");

    public string Title => Text("title");

    public string Pattern => Text("pattern");

    public bool IsReadOnly => Flag("readOnly");

    public bool IsWriteOnly => Flag("writeOnly");

    public bool IsDeprecated => Flag("deprecated");

    public Node Default => Node["default"];

    public Node Const => Node["const"];

    public List<Node> Enum => _enum ??= Node["enum"].Children.ToList();

    /// <summary>The member that decides which branch is meant; empty without a discriminator.</summary>
    public string Discriminator => Node["discriminator"]["propertyName"].Text ?? "";

    /// <summary>The values that the discriminator may have.</summary>
    public Dictionary<string, Node> Mapping => Node["discriminator"]["mapping"].Children.ToList().ToDictionary(m => m.Name!, StringComparer.Ordinal);

    /// <summary>It describes and demands nothing.</summary>
    public bool IsAnnotation => Node.IsObject && Node.Children.ToList().TrueForAll(m => Keywords.KindOf(m.Name!) is KeywordKind.Annotation or KeywordKind.Ignored || Keywords.IsDefault(m.Name!, m));

    /// <summary>Members that no keyword names may have any value.</summary>
    public bool TakesUnknownMembers => Node["additionalProperties"] is var open && (!open.Exists || open.Boolean is true || (open.IsObject && source.At(open).Schema.IsAnnotation));

    public bool RefusesUnknownMembers => Node["additionalProperties"].Boolean is false;

    /// <summary>In 3.0 a flag makes a bound exclusive; here the bound itself is one or the other.</summary>
    public Numeral? Limit(string keyword) => keyword switch
    {
        "minimum" or "maximum" => IsExclusive(keyword) ? null : Node[keyword].Number,
        "exclusiveMinimum" => Node[keyword].Number ?? (IsExclusive("minimum") ? Node["minimum"].Number : null),
        "exclusiveMaximum" => Node[keyword].Number ?? (IsExclusive("maximum") ? Node["maximum"].Number : null),
        _ => Node[keyword].Number,
    };

    /// <summary>A lower limit that is zero when it is not given.</summary>
    public Numeral Least(string keyword) => Limit(keyword) ?? default;

    public HashSet<string> Required => _required ??= [.. Node["required"].Children.ToList().Select(n => n.Text ?? "")];

    public Dictionary<string, SchemaRef> Properties => _properties ??= Map("properties");

    public SchemaRef? Child(string keyword) => Node[keyword] is { Exists: true } child && child.Kind is NodeKind.Object or NodeKind.Boolean ? source.At(child) : null;

    public List<SchemaRef> List(string keyword)
    {
        var list = new List<SchemaRef>();
        foreach (var branch in Node[keyword].Children)
            list.Add(source.At(branch));
        return list;
    }

    public Dictionary<string, SchemaRef> Map(string keyword)
    {
        var map = new Dictionary<string, SchemaRef>(StringComparer.Ordinal);
        if (!Node[keyword].IsObject)
            return map;
        foreach (var member in Node[keyword].Children)
            map[member.Name!] = source.At(member);
        return map;
    }

    public bool Has(string keyword) => Node[keyword].Exists;

    public bool Flag(string keyword) => Node[keyword].Boolean is true;

    public string Text(string keyword) => Node[keyword].Text ?? "";

    private bool IsExclusive(string bound) => Flag(bound is "minimum" ? "exclusiveMinimum" : "exclusiveMaximum");

    private HashSet<string> ReadTypes()
    {
        var type = Node["type"];
        if (type.Text is { } one)
            return [one];
        return type.IsArray ? [.. type.Children.ToList().Select(t => t.Text ?? "")] : NoTypes;
    }
}
