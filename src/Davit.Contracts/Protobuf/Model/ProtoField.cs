using System.Text;
using Davit.Contracts.Protobuf.Wire;

namespace Davit.Contracts.Protobuf.Model;

/// <summary>A field of a message, or an extension.</summary>
internal sealed class ProtoField : ProtoElement
{
    private readonly int _type;
    private readonly int _label = 1;
    private readonly string? _jsonName;

    public ProtoField(ProtoElement parent, int step, int index, ReadOnlyMemory<byte> bytes) : base(parent, step, index)
    {
        for (var reader = new WireReader(bytes); reader.Next();)
        {
            switch (reader.Field)
            {
                case 1: Name = reader.Text; break;
                case 2: Extendee = reader.Text.TrimStart('.'); break;
                case 3: Number = reader.Int; break;
                case 4: _label = reader.Int; break;
                case 5: _type = reader.Int; break;
                case 6: TypeName = reader.Text.TrimStart('.'); break;
                case 7: DefaultText = reader.Text; break;
                case 8: Options = Options.With(reader.Bytes); break;
                case 9: OneofIndex = reader.Int; break;
                case 10: _jsonName = reader.Text; break;
                case 17: IsProto3Optional = reader.Flag; break;
            }
        }
    }

    public int Number { get; }

    /// <summary>The full name of the message that it extends; empty for a field.</summary>
    public string Extendee { get; } = "";

    public bool IsExtension => Extendee is not "";

    /// <summary>The full name of the message or enum; empty for scalars.</summary>
    public string TypeName { get; } = "";

    /// <summary>As it is written; null where none is.</summary>
    public string? DefaultText { get; }

    public int? OneofIndex { get; }

    public bool IsProto3Optional { get; }

    /// <summary>The oneof that a person wrote it into.</summary>
    public ProtoOneof? Oneof => AnyOneof is { IsSynthetic: false } oneof ? oneof : null;

    public string JsonName => _jsonName ?? DerivedJsonName;

    /// <summary>What the JSON name is when nothing else is said.</summary>
    public string DerivedJsonName
    {
        get
        {
            var json = new StringBuilder(Name.Length);
            var isUpper = false;
            foreach (var c in Name)
            {
                if (c is not '_')
                    json.Append(isUpper ? char.ToUpperInvariant(c) : c);
                isUpper = c is '_';
            }

            return json.ToString();
        }
    }

    /// <summary>Delimited messages are groups, whatever they are written as.</summary>
    public FieldKind Kind => (FieldKind)_type switch
    {
        FieldKind.Unresolved => File.Set.Enum(TypeName) is null ? FieldKind.Message : FieldKind.Enum,
        FieldKind.Message when Features.IsDelimited && !IsMap && Parent is not ProtoMessage { IsMapEntry: true } => FieldKind.Group,
        var kind => kind,
    };

    /// <summary>The type as it is declared.</summary>
    public string Type => TypeName is "" ? Kind.Word() : TypeName;

    public bool IsOfMessage => Kind is FieldKind.Message or FieldKind.Group;

    public bool IsRepeated => _label is 3;

    /// <summary>It says <c>required</c>.</summary>
    public bool SaysRequired => _label is 2;

    public bool IsMap => IsRepeated && _type is (int)FieldKind.Message or (int)FieldKind.Unresolved && File.Set.Message(TypeName) is { IsMapEntry: true };

    public bool IsMapEntryField => Parent is ProtoMessage { IsMapEntry: true } && !IsExtension;

    public Cardinality Cardinality => this switch
    {
        { IsMap: true } => Cardinality.Map,
        { IsRepeated: true } => Cardinality.Repeated,
        { SaysRequired: true } or { Features.Presence: Presence.Required } => Cardinality.Required,
        { IsExtension: true } or { Features.Presence: Presence.Explicit } or { IsOfMessage: true } or { OneofIndex: not null } => Cardinality.Explicit,
        _ => Cardinality.Implicit,
    };

    /// <summary>How C++ keeps the text; the older option wins where it is still allowed.</summary>
    public CppString CppString => File.Edition < Edition.Edition2024 && Options.Number(1) is { } said
        ? said switch { 1 => CppString.Cord, 2 => CppString.StringPiece, _ => CppString.String }
        : Features.CppString;

    public bool JavaVerifiesUtf8 => (File.Edition is Edition.Proto2 or Edition.Proto3 || File.Options.Has(27) ? File.Options.Flag(27) : Features.JavaVerifiesUtf8) || Features.VerifiesUtf8;

    /// <summary>How JavaScript shows it: 0 as usual, 1 as text, 2 as a number.</summary>
    public int JsType => (int)(Options.Number(6) ?? 0);

    public override bool IsDeprecated => Options.Flag(3);

    public override string Word => IsExtension ? "extension" : "field";

    public override string Line => $"{Cardinality.Word()} {Type} {Name} = {Number}".TrimStart();

    protected override int FeaturesField => 21;

    protected override Features FeaturesAround => AnyOneof?.Features ?? base.FeaturesAround;

    private ProtoOneof? AnyOneof => OneofIndex is >= 0 and var index && Parent is ProtoMessage message && index < message.Oneofs.Count ? message.Oneofs[index] : null;
}
