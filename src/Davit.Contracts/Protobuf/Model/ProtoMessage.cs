using Davit.Contracts.Documents;
using Davit.Contracts.Protobuf.Wire;

namespace Davit.Contracts.Protobuf.Model;

internal sealed class ProtoMessage : ProtoElement
{
    private const int DeepestNesting = 100;

    private readonly List<ProtoField> _fields = [];
    private readonly List<ProtoMessage> _messages = [];
    private readonly List<ProtoEnum> _enums = [];
    private readonly List<ProtoField> _extensions = [];
    private readonly List<ProtoOneof> _oneofs = [];
    private readonly List<TagRange> _reserved = [];
    private readonly List<TagRange> _extensionRanges = [];
    private readonly List<string> _reservedNames = [];
    private readonly HashSet<int> _synthetic = [];
    private readonly Lazy<NumberSet> _reservedNumbers;
    private readonly Lazy<NumberSet> _extensionNumbers;
    private readonly Lazy<HashSet<string>> _reservedSet;
    private readonly Lazy<HashSet<string>> _oneofNames;

    public ProtoMessage(ProtoElement parent, int step, int index, ReadOnlyMemory<byte> bytes) : base(parent, step, index)
    {
        Depth = parent is ProtoMessage outer ? outer.Depth + 1 : 1;
        if (Depth > DeepestNesting)
            throw new UnreadableException(UnreadableCodes.TooDeep, $"messages are nested more than {DeepestNesting} levels deep");
        for (var reader = new WireReader(bytes); reader.Next();)
        {
            switch (reader.Field)
            {
                case 1: Name = reader.Text; break;
                case 2: _fields.Add(new ProtoField(this, 2, _fields.Count, reader.Bytes)); break;
                case 3: _messages.Add(new ProtoMessage(this, 3, _messages.Count, reader.Bytes)); break;
                case 4: _enums.Add(new ProtoEnum(this, 4, _enums.Count, reader.Bytes)); break;
                case 5: _extensionRanges.Add(TagRange.OfMessage(reader.Bytes)); break;
                case 6: _extensions.Add(new ProtoField(this, 6, _extensions.Count, reader.Bytes)); break;
                case 7: Options = Options.With(reader.Bytes); break;
                case 8: _oneofs.Add(new ProtoOneof(this, _oneofs.Count, reader.Bytes)); break;
                case 9: _reserved.Add(TagRange.OfMessage(reader.Bytes)); break;
                case 10: _reservedNames.Add(reader.Text); break;
            }
        }

        _reservedNumbers = new Lazy<NumberSet>(() => new NumberSet(_reserved));
        _extensionNumbers = new Lazy<NumberSet>(() => new NumberSet(_extensionRanges));
        _reservedSet = new Lazy<HashSet<string>>(() => _reservedNames.ToHashSet(StringComparer.Ordinal));
        _oneofNames = new Lazy<HashSet<string>>(() => _oneofs.Select(o => o.Name).ToHashSet(StringComparer.Ordinal));
        _synthetic.UnionWith(_fields.Where(f => f.IsProto3Optional).Select(f => f.OneofIndex).OfType<int>());
    }

    public IReadOnlyList<ProtoField> Fields => _fields;

    public IReadOnlyList<ProtoMessage> Messages => _messages;

    public IReadOnlyList<ProtoEnum> Enums => _enums;

    public IReadOnlyList<ProtoField> Extensions => _extensions;

    public IReadOnlyList<ProtoOneof> Oneofs => _oneofs;

    public IReadOnlyList<TagRange> Reserved => _reserved;

    public NumberSet ReservedNumbers => _reservedNumbers.Value;

    public IReadOnlySet<string> ReservedNames => _reservedSet.Value;

    public IReadOnlyList<TagRange> ExtensionRanges => _extensionRanges;

    public NumberSet ExtensionNumbers => _extensionNumbers.Value;

    /// <summary>The compiler made it of a map.</summary>
    public bool IsMapEntry => Options.Flag(7);

    /// <summary>The option <c>no_standard_descriptor_accessor</c>.</summary>
    public bool LacksAccessor => Options.Flag(2);

    public override bool IsDeprecated => Options.Flag(3);

    public override string Word => "message";

    public override string Line => Told;

    protected override int FeaturesField => 12;

    private int Depth { get; }

    public bool HasOneof(string name) => _oneofNames.Value.Contains(name);

    /// <summary>The compiler made the oneof at this place of an optional field.</summary>
    public bool IsSynthetic(int oneof) => _synthetic.Contains(oneof);
}

/// <summary>Both ends are part of it.</summary>
internal sealed record TagRange(int Start, int End)
{
    public override string ToString() => Start == End ? $"{Start}" : $"{Start} to {End}";

    public static TagRange OfMessage(ReadOnlyMemory<byte> bytes)
    {
        var range = OfEnum(bytes);
        return range with { End = range.End - 1 };
    }

    public static TagRange OfEnum(ReadOnlyMemory<byte> bytes)
    {
        var message = new WireMessage(bytes);
        return new TagRange(unchecked((int)(message.Number(1) ?? 0)), unchecked((int)(message.Number(2) ?? 0)));
    }
}

internal sealed class ProtoOneof : ProtoElement
{
    private readonly ProtoMessage _message;
    private readonly int _index;

    public ProtoOneof(ProtoMessage message, int index, ReadOnlyMemory<byte> bytes) : base(message, 8, index)
    {
        (_message, _index) = (message, index);
        for (var reader = new WireReader(bytes); reader.Next();)
        {
            if (reader.Field is 1)
                Name = reader.Text;
            else if (reader.Field is 2)
                Options = Options.With(reader.Bytes);
        }
    }

    /// <summary>The compiler made it of an optional field.</summary>
    public bool IsSynthetic => _message.IsSynthetic(_index);

    public override string Word => "oneof";

    public override string Line => Told;

    protected override int FeaturesField => 1;
}
