using Davit.Contracts.Documents;
using Davit.Contracts.GraphQl.Model;

namespace Davit.Contracts.GraphQl.Sdl;

/// <summary>Reads the schema definition language: the specification of October 2021 and what later drafts add.</summary>
internal sealed class SdlReader
{
    private readonly TokenCursor _words;
    private readonly ValueReader _values;
    private readonly SchemaBuilder _schema = new();

    private SdlReader(TokenCursor words)
    {
        _words = words;
        _values = new ValueReader(words);
    }

    /// <exception cref="UnreadableException">The text is malformed, no UTF-8, or beyond a limit.</exception>
    public static Schema Read(string name, byte[] bytes, ReadLimits limits)
    {
        var source = new SourceText(name, bytes);
        if (bytes.Length > limits.Bytes)
            throw new UnreadableException(UnreadableCodes.TooLarge, $"the file is larger than {limits.Bytes >> 20} MiB", source.Between(0, 0));
        Utf8.Check(source);
        var reader = new SdlReader(new TokenCursor(source, limits));
        while (!reader._words.IsAtEnd)
            reader.Definition();
        return reader._schema.Build();
    }

    private void Definition()
    {
        var description = Description();
        var isExtension = description is null && _words.TryTakeWord("extend");
        var start = _words.Current.Start;
        var word = _words.Current;
        switch (word.Kind is TokenKind.Name ? word.Text : "")
        {
            case "schema":
                _words.Take();
                _schema.Add(Schema(start), isExtension);
                break;
            case "directive" when !isExtension:
                _words.Take();
                _schema.Add(Directive(start, description));
                break;
            case "query" or "mutation" or "subscription" or "fragment":
                throw _words.Fault("an operation is no part of a schema");
            default:
                _schema.Add(Type(Kind(word), start, description), isExtension);
                break;
        }
    }

    private TypeKind Kind(Token word) => (word.Kind is TokenKind.Name ? word.Text : "") switch
    {
        "scalar" => TypeKind.Scalar,
        "type" => TypeKind.Object,
        "interface" => TypeKind.Interface,
        "union" => TypeKind.Union,
        "enum" => TypeKind.Enum,
        "input" => TypeKind.InputObject,
        _ => throw _words.Fault($"a definition is expected here, not {word.Told}"),
    };

    private TypeDefinition Type(TypeKind kind, int start, string? description)
    {
        _words.Take();
        var name = _words.Name().Text;
        var interfaces = kind is TypeKind.Object or TypeKind.Interface && _words.TryTakeWord("implements") ? References("&") : [];
        var uses = _values.Uses();
        var type = new TypeDefinition(kind, name, default) { Description = description, Uses = uses, Interfaces = interfaces };
        type = kind switch
        {
            TypeKind.Object or TypeKind.Interface => type with { Fields = _words.Optional("{", "}", Field) },
            TypeKind.InputObject => type with { InputFields = _words.Optional("{", "}", Input) },
            TypeKind.Enum => type with { Values = _words.Optional("{", "}", EnumValue) },
            TypeKind.Union when _words.TryTake("=") => type with { Members = References("|") },
            _ => type,
        };
        return type with { Origin = _words.Since(start) };
    }

    private SchemaDefinition Schema(int start)
    {
        var uses = _values.Uses();
        var roots = _words.Optional("{", "}", () =>
        {
            var operation = _words.Name();
            if (operation.Text is not ("query" or "mutation" or "subscription"))
                throw new UnreadableException(UnreadableCodes.Syntax, $"'{operation.Text}' is no operation", _words.Of(operation).Evidence!.Position);
            _words.Expect(":");
            var type = _words.Name().Text;
            return new Root(operation.Text, type, _words.Since(operation.Start));
        });
        return new SchemaDefinition(roots, uses, _words.Since(start));
    }

    private DirectiveDefinition Directive(int start, string? description)
    {
        _words.Expect("@");
        var name = _words.Name().Text;
        var arguments = _words.Optional("(", ")", Input);
        var isRepeatable = _words.TryTakeWord("repeatable");
        if (!_words.TryTakeWord("on"))
            throw _words.Fault($"'on' is expected here, not {_words.Current.Told}");
        var locations = References("|");
        return new DirectiveDefinition(name, _words.Since(start)) { Description = description, Arguments = arguments, Locations = locations, IsRepeatable = isRepeatable };
    }

    private Field Field()
    {
        var description = Description();
        var name = _words.Name();
        var arguments = _words.Optional("(", ")", Input);
        _words.Expect(":");
        var type = _values.Type();
        var uses = _values.Uses();
        return new Field(name.Text, type, _words.Since(name.Start)) { Description = description, Arguments = arguments, Uses = uses };
    }

    private InputValue Input()
    {
        var description = Description();
        var name = _words.Name();
        _words.Expect(":");
        var type = _values.Type();
        var value = _words.TryTake("=") ? _values.Value() : null;
        var uses = _values.Uses();
        return new InputValue(name.Text, type, _words.Since(name.Start)) { Description = description, Default = value, Uses = uses };
    }

    private EnumValue EnumValue()
    {
        var description = Description();
        var name = _words.Name();
        var uses = _values.Uses();
        return new EnumValue(name.Text, _words.Since(name.Start)) { Description = description, Uses = uses };
    }

    private List<NamedRef> References(string separator)
    {
        _words.TryTake(separator);
        var all = new List<NamedRef>();
        do
        {
            var name = _words.Name();
            all.Add(new NamedRef(name.Text, _words.Of(name)));
        }
        while (_words.TryTake(separator) || (separator is "&" && _words.Current.Kind is TokenKind.Name));
        return all;
    }

    private string? Description() => _words.Current.Kind is TokenKind.String ? _words.Take().Text : null;
}
