using Davit.Contracts.Documents;

namespace Davit.Contracts.Avro.Schemas;

/// <summary>Reads schemas as the Avro specification 1.11 writes them. Names are known from where they are defined on.</summary>
internal sealed class AvroSchemaReader
{
    private static readonly Dictionary<string, AvroKind> Primitives = new(StringComparer.Ordinal)
    {
        ["null"] = AvroKind.Null,
        ["boolean"] = AvroKind.Boolean,
        ["int"] = AvroKind.Int,
        ["long"] = AvroKind.Long,
        ["float"] = AvroKind.Float,
        ["double"] = AvroKind.Double,
        ["bytes"] = AvroKind.Bytes,
        ["string"] = AvroKind.String,
    };

    private readonly Dictionary<string, AvroType> _named = new(StringComparer.Ordinal);

    /// <summary>The one schema of a file, or the named types that a protocol declares.</summary>
    /// <exception cref="UnreadableException">It is no schema, or it refers to a name that it does not define.</exception>
    public static IReadOnlyList<AvroType> ReadAll(Node root)
    {
        var reader = new AvroSchemaReader();
        if (!root["protocol"].Exists)
            return [reader.Read(root, "")];
        var around = root["namespace"].Text ?? AvroName.Of(root["protocol"].Text ?? "", "").Namespace;
        return root["types"].Children.ToList().ConvertAll(type => reader.Read(type, around));
    }

    private AvroType Read(Node node, string around) => node.Kind switch
    {
        NodeKind.String => Named(node, node.Text!, around),
        NodeKind.Array => Union(node, around),
        NodeKind.Object when node["type"] is { IsString: true } type => Complex(node, type.Text!, around),
        NodeKind.Object when node["type"] is { Exists: true } type => Read(type, around),
        _ => throw Fault(node, "a schema is expected here"),
    };

    private AvroType Named(Node node, string name, string around)
    {
        if (Primitives.TryGetValue(name, out var primitive))
            return new AvroType(primitive, node);
        return _named.GetValueOrDefault(AvroName.Of(name, around).Full) ?? _named.GetValueOrDefault(name)
            ?? throw new UnreadableException(UnreadableCodes.Unresolved, $"no type is named '{name}' before this place", node.Where);
    }

    private AvroType Union(Node node, string around)
    {
        var branches = node.Children.ToList().ConvertAll(branch => Read(branch, around));
        if (branches.Exists(b => b.IsUnion))
            throw Fault(node, "a union may not hold a union directly");
        if (branches.GroupBy(b => b.Title, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw Fault(node, $"'{twice.Key}' stands twice in one union");
        return new AvroType(AvroKind.Union, node) { Inner = branches };
    }

    private AvroType Complex(Node node, string type, string around) => type switch
    {
        "record" or "error" => Record(node, around),
        "enum" => Enum(node, around),
        "fixed" => Fixed(node, around),
        "array" => new AvroType(AvroKind.Array, node) { Inner = [Read(Needed(node, "items"), around)] },
        "map" => new AvroType(AvroKind.Map, node) { Inner = [Read(Needed(node, "values"), around)] },
        _ when Primitives.TryGetValue(type, out var kind) => new AvroType(kind, node) { Logical = Logical(node, kind, null) },
        _ => Named(node["type"], type, around),
    };

    private AvroType Record(Node node, string around)
    {
        var name = NameOf(node, around);
        var record = Define(new AvroType(AvroKind.Record, node) { Name = name, Aliases = Aliases(node, name) });
        foreach (var field in Needed(node, "fields").Children)
        {
            var called = Needed(field, "name").Text ?? throw Fault(field, "the name of a field is text");
            if (record.Fields.Exists(f => f.Name == called))
                throw Fault(field, $"the field '{called}' stands twice in one record");
            record.Fields.Add(new AvroField(called, field, Read(Needed(field, "type"), name.Namespace), field["default"], Texts(field["aliases"])));
        }

        return record;
    }

    private AvroType Enum(Node node, string around)
    {
        var name = NameOf(node, around);
        var symbols = Texts(Needed(node, "symbols"));
        if (symbols.Distinct(StringComparer.Ordinal).Count() < symbols.Count)
            throw Fault(node["symbols"], "a symbol stands twice in one enum");
        return Define(new AvroType(AvroKind.Enum, node)
        {
            Name = name,
            Aliases = Aliases(node, name),
            Symbols = symbols,
            DefaultSymbol = node["default"].Text is { } symbol && symbols.Contains(symbol) ? symbol : null,
        });
    }

    private AvroType Fixed(Node node, string around)
    {
        var name = NameOf(node, around);
        var size = Whole(Needed(node, "size")) ?? throw Fault(node["size"], "the size of a fixed type is a whole number");
        return Define(new AvroType(AvroKind.Fixed, node) { Name = name, Aliases = Aliases(node, name), Size = size, Logical = Logical(node, AvroKind.Fixed, size) });
    }

    private AvroType Define(AvroType type) =>
        _named.TryAdd(type.Name.Full, type) ? type : throw Fault(type.Node, $"the name '{type.Name.Full}' is defined twice");

    private static AvroName NameOf(Node node, string around)
    {
        var name = Needed(node, "name").Text;
        return name is null or "" ? throw Fault(node, "the name of a type is text") : AvroName.Of(name, node["namespace"].Text ?? around);
    }

    private static List<AvroName> Aliases(Node node, AvroName name) => Texts(node["aliases"]).ConvertAll(alias => AvroName.Of(alias, name.Namespace));

    private static LogicalType? Logical(Node node, AvroKind kind, long? size)
    {
        var name = node["logicalType"].Text;
        if (name is "decimal" && kind is AvroKind.Bytes or AvroKind.Fixed && Whole(node["precision"]) is > 0 and { } precision)
        {
            var scale = node["scale"].Exists ? Whole(node["scale"]) : 0;
            var fits = size is null || precision <= Math.Floor(((8.0 * size.Value) - 1) * Math.Log10(2));
            return name is "decimal" && scale is >= 0 && scale <= precision && fits ? new LogicalType(name, precision, scale.Value) : null;
        }

        var isKnown = (name, kind) switch
        {
            ("uuid", AvroKind.String) or ("date" or "time-millis", AvroKind.Int) => true,
            ("time-micros" or "timestamp-millis" or "timestamp-micros" or "local-timestamp-millis" or "local-timestamp-micros", AvroKind.Long) => true,
            ("duration", AvroKind.Fixed) => size is 12,
            _ => false,
        };
        return isKnown ? new LogicalType(name!, 0, 0) : null;
    }

    private static long? Whole(Node node) => node.Number is { IsWhole: true } number && long.TryParse(number.ToString(), System.Globalization.CultureInfo.InvariantCulture, out var whole) && whole >= 0 ? whole : null;

    private static List<string> Texts(Node node) => [.. node.Children.ToList().Select(c => c.Text).OfType<string>()];

    private static Node Needed(Node node, string member) => node[member] is { Exists: true } found ? found : throw Fault(node, $"'{member}' is missing");

    private static UnreadableException Fault(Node node, string what) => new(UnreadableCodes.Syntax, what, node.Where);
}
