using Davit.Contracts.Documents;
using Davit.Contracts.GraphQl.Model;
using Davit.Contracts.GraphQl.Sdl;

namespace Davit.Contracts.GraphQl.Introspection;

/// <summary>Reads the answer to an introspection query, with or without the <c>data</c> around it.</summary>
internal sealed class IntrospectionReader(SourceText source)
{
    /// <summary>The <c>__schema</c> of a file; nothing when it is no introspection result.</summary>
    public static Node Find(Node root) => root["__schema"] is { IsObject: true } bare ? bare : root["data"]["__schema"] is { IsObject: true } wrapped ? wrapped : default;

    public static Schema Read(Node schema) => new IntrospectionReader(schema.Document.Source).Schema(schema);

    private Schema Schema(Node schema)
    {
        var roots = Root.Operations
            .Select(o => (Operation: o, Type: schema[o + "Type"]))
            .Where(r => r.Type.IsObject)
            .Select(r => new Root(r.Operation, Name(r.Type), new Origin(r.Type)));
        return new Schema([.. schema["types"].Children.ToList().Select(Type)], [.. schema["directives"].Children.ToList().Select(Directive)], new SchemaDefinition([.. roots], [], new Origin(schema)), hasUses: false);
    }

    private TypeDefinition Type(Node type) => new(Kind(type), Name(type), new Origin(type))
    {
        Description = type["description"].Text,
        Uses = [.. Marks(type)],
        Interfaces = References(type["interfaces"]),
        Fields = [.. type["fields"].Children.ToList().Select(Field)],
        InputFields = [.. type["inputFields"].Children.ToList().Select(Input)],
        Values = [.. type["enumValues"].Children.ToList().Select(v => new EnumValue(Name(v), new Origin(v)) { Description = v["description"].Text, Uses = [.. Marks(v)] })],
        Members = Kind(type) is TypeKind.Union ? References(type["possibleTypes"]) : [],
    };

    private static TypeKind Kind(Node type) => type["kind"].Text switch
    {
        "SCALAR" => TypeKind.Scalar,
        "OBJECT" => TypeKind.Object,
        "INTERFACE" => TypeKind.Interface,
        "UNION" => TypeKind.Union,
        "ENUM" => TypeKind.Enum,
        "INPUT_OBJECT" => TypeKind.InputObject,
        var other => throw Fault(type, other is null ? "a type has no 'kind'" : $"no type is of the kind '{other}'"),
    };

    private Field Field(Node field) => new(Name(field), Reference(field["type"], field), new Origin(field))
    {
        Description = field["description"].Text,
        Arguments = [.. field["args"].Children.ToList().Select(Input)],
        Uses = [.. Marks(field)],
    };

    private InputValue Input(Node input) => new(Name(input), Reference(input["type"], input), new Origin(input))
    {
        Description = input["description"].Text,
        Default = input["defaultValue"] is { IsString: true } value ? Constant(value) : null,
        Uses = [.. Marks(input)],
    };

    private DirectiveDefinition Directive(Node directive) => new(Name(directive), new Origin(directive))
    {
        Description = directive["description"].Text,
        Arguments = [.. directive["args"].Children.ToList().Select(Input)],
        Locations = [.. directive["locations"].Children.ToList().Where(l => l.IsString).Select(l => new NamedRef(l.Text!, new Origin(l)))],
        IsRepeatable = directive["isRepeatable"].Boolean is true,
    };

    private static List<NamedRef> References(Node list) => [.. list.Children.ToList().Select(r => new NamedRef(Name(r), new Origin(r)))];

    private static TypeRef Reference(Node type, Node owner)
    {
        var wraps = new Stack<string>();
        while (type["kind"].Text is "NON_NULL" or "LIST")
        {
            wraps.Push(type["kind"].Text!);
            type = type["ofType"];
        }

        if (!type.IsObject)
            throw Fault(owner, "a type is missing or cut off; ask for more levels of 'ofType'");
        var reference = new TypeRef(Name(type), null, IsNonNull: false);
        while (wraps.TryPop(out var wrap))
            reference = wrap is "LIST" ? new TypeRef("", reference, IsNonNull: false) : reference with { IsNonNull = true };
        return reference;
    }

    /// <summary>What introspection tells of directives: three of them, as properties.</summary>
    private static IEnumerable<DirectiveUse> Marks(Node node)
    {
        if (node["isDeprecated"].Boolean is true)
            yield return Mark("deprecated", "reason", node["deprecationReason"]);
        if (node["specifiedByURL"] is { IsString: true } url)
            yield return Mark("specifiedBy", "url", url);
        if (node["isOneOf"].Boolean is true)
            yield return new DirectiveUse("oneOf", [], new Origin(node));
    }

    private static DirectiveUse Mark(string name, string argument, Node value) =>
        new(name, value.IsString ? [new DirectiveArgument(argument, Value.Of(ValueKind.String, value.Text!), new Origin(value))] : [], new Origin(value));

    /// <summary>A default stands in the text of a string, in the language of schemas.</summary>
    private Value Constant(Node text)
    {
        try
        {
            var words = new TokenCursor(new SourceText(source.Name, System.Text.Encoding.UTF8.GetBytes(text.Text!)), ReadLimits.Default);
            var value = new ValueReader(words).Value();
            return words.IsAtEnd ? value : throw words.Fault($"nothing is expected here, not {words.Current.Told}");
        }
        catch (UnreadableException malformed)
        {
            throw new UnreadableException(malformed.Code, $"the default value is malformed: {malformed.Message}", text.Where, malformed);
        }
    }

    private static string Name(Node named) => named["name"].Text ?? throw Fault(named, "a 'name' is missing");

    private static UnreadableException Fault(Node at, string what) => new(UnreadableCodes.Syntax, what, at.Where);
}
