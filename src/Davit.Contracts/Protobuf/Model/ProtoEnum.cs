using Davit.Contracts.Protobuf.Wire;

namespace Davit.Contracts.Protobuf.Model;

internal sealed class ProtoEnum : ProtoElement
{
    private readonly List<ProtoEnumValue> _values = [];
    private readonly List<TagRange> _reserved = [];
    private readonly List<string> _reservedNames = [];
    private readonly Lazy<NumberSet> _reservedNumbers;
    private readonly Lazy<HashSet<string>> _reservedSet;
    private readonly Lazy<Dictionary<string, int>> _numbers;

    public ProtoEnum(ProtoElement parent, int step, int index, ReadOnlyMemory<byte> bytes) : base(parent, step, index)
    {
        for (var reader = new WireReader(bytes); reader.Next();)
        {
            switch (reader.Field)
            {
                case 1: Name = reader.Text; break;
                case 2: _values.Add(new ProtoEnumValue(this, _values.Count, reader.Bytes)); break;
                case 3: Options = Options.With(reader.Bytes); break;
                case 4: _reserved.Add(TagRange.OfEnum(reader.Bytes)); break;
                case 5: _reservedNames.Add(reader.Text); break;
            }
        }

        _reservedNumbers = new Lazy<NumberSet>(() => new NumberSet(_reserved));
        _reservedSet = new Lazy<HashSet<string>>(() => _reservedNames.ToHashSet(StringComparer.Ordinal));
        _numbers = new Lazy<Dictionary<string, int>>(() => _values.DistinctBy(v => v.Name, StringComparer.Ordinal).ToDictionary(v => v.Name, v => v.Number, StringComparer.Ordinal));
    }

    public IReadOnlyList<ProtoEnumValue> Values => _values;

    public IReadOnlyList<TagRange> Reserved => _reserved;

    public NumberSet ReservedNumbers => _reservedNumbers.Value;

    public IReadOnlySet<string> ReservedNames => _reservedSet.Value;

    /// <summary>The numbers of its values by their names.</summary>
    public IReadOnlyDictionary<string, int> Numbers => _numbers.Value;

    public override bool IsDeprecated => Options.Flag(3);

    public override string Word => "enum";

    public override string Line => Told;

    protected override int FeaturesField => 7;
}

internal sealed class ProtoEnumValue : ProtoElement
{
    public ProtoEnumValue(ProtoEnum parent, int index, ReadOnlyMemory<byte> bytes) : base(parent, 2, index)
    {
        for (var reader = new WireReader(bytes); reader.Next();)
        {
            switch (reader.Field)
            {
                case 1: Name = reader.Text; break;
                case 2: Number = reader.Int; break;
                case 3: Options = Options.With(reader.Bytes); break;
            }
        }
    }

    public int Number { get; }

    public override bool IsDeprecated => Options.Flag(1);

    public override string Word => "enum value";

    public override string Line => $"{Name} = {Number}";

    protected override int FeaturesField => 2;
}
