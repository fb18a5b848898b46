using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Davit.Contracts.Documents;

/// <summary>Builds the values of one YAML document from the events of its parser.</summary>
internal sealed class YamlTree(SourceText source, ByteOffsets offsets, ReadLimits limits)
{
    private const string CoreTag = "tag:yaml.org,2002:";

    /// <summary>Numbers in other bases take the longer to be written as decimals the more digits they have.</summary>
    private const int MostDigits = 1_000;

    private readonly DocumentBuilder _builder = new(source, limits);
    private readonly Dictionary<string, int> _anchors = new(StringComparer.Ordinal);

    public Document Build() => _builder.Build();

    public UnreadableException Fault(string what, ParsingEvent at) => Fault(what, at.Start, at.End);

    public UnreadableException Fault(string what, Mark start, Mark end, Exception? cause = null) =>
        new(UnreadableCodes.Syntax, what, source.Between(Offset(start), Offset(end)), cause);

    public void Read(IParser parser)
    {
        switch (parser.Consume<ParsingEvent>())
        {
            case Scalar scalar:
                Remember(scalar);
                Value(scalar);
                break;
            case SequenceStart sequence:
                Remember(sequence);
                _builder.Open(NodeKind.Array, Offset(sequence.Start));
                while (!parser.Accept<SequenceEnd>(out _))
                    Read(parser);
                _builder.Close(Offset(parser.Consume<SequenceEnd>().End));
                break;
            case MappingStart mapping:
                Remember(mapping);
                _builder.Open(NodeKind.Object, Offset(mapping.Start));
                var merged = new List<int>();
                while (!parser.Accept<MappingEnd>(out _))
                    Member(parser, merged);
                _builder.Merge(merged);
                Limit(mapping);
                _builder.Close(Offset(parser.Consume<MappingEnd>().End));
                break;
            case AnchorAlias alias:
                Repeat(alias);
                break;
            case var other:
                throw Fault("a value is expected here", other);
        }
    }

    private void Member(IParser parser, List<int> merged)
    {
        if (!parser.TryConsume<Scalar>(out var key))
            throw Fault("a key must be text", parser.Consume<ParsingEvent>());
        if (key is { Value: "<<", Style: ScalarStyle.Plain })
        {
            Merge(parser, merged);
            return;
        }

        _builder.Name(key.Value, Offset(key.Start));
        Read(parser);
    }

    /// <summary>Members of other mappings that count where the mapping itself has none of the name; what is named first wins.</summary>
    private void Merge(IParser parser, List<int> merged)
    {
        if (parser.TryConsume<AnchorAlias>(out var one))
        {
            merged.Add(Anchor(one));
            return;
        }

        if (!parser.TryConsume<SequenceStart>(out _))
            throw Fault("a merge key takes an alias of a mapping, or a list of such", parser.Consume<ParsingEvent>());
        while (!parser.TryConsume<SequenceEnd>(out _))
            merged.Add(parser.TryConsume<AnchorAlias>(out var alias) ? Anchor(alias) : throw Fault("a merge key takes aliases of mappings", parser.Consume<ParsingEvent>()));
    }

    private int Anchor(AnchorAlias alias) => _anchors.TryGetValue(alias.Value.Value, out var anchor) ? anchor : throw Fault($"no anchor is named '{alias.Value.Value}' before this place", alias);

    private void Limit(ParsingEvent at)
    {
        if (_builder.Repeated > limits.AliasedNodes || _builder.Repeated > Math.Max(1024, source.Bytes.Length) * (long)limits.AliasGrowth)
            throw new UnreadableException(UnreadableCodes.Aliases, "the aliases of the file unfold to more than it may hold", source.Between(Offset(at.Start), Offset(at.End)));
    }

    private void Remember(NodeEvent value)
    {
        if (!value.Anchor.IsEmpty)
            _anchors[value.Anchor.Value] = _builder.Count;
    }

    private void Repeat(AnchorAlias alias)
    {
        _builder.Repeat(Anchor(alias), Offset(alias.Start), Offset(alias.End));
        Limit(alias);
    }

    private void Value(Scalar scalar)
    {
        var (start, end) = (Offset(scalar.Start), Offset(scalar.End));
        var kind = Kind(scalar);
        if (kind is NodeKind.Number && scalar.Value is { Length: > MostDigits } and ['0', 'x' or 'o', ..])
            throw new UnreadableException(UnreadableCodes.TooLarge, $"the number has more than {MostDigits} digits", source.Between(start, end));
        _builder.Scalar(kind, start, end, kind is NodeKind.Number ? Number(scalar.Value) : scalar.Value);
    }

    private NodeKind Kind(Scalar scalar)
    {
        if (scalar.Tag.IsEmpty || scalar.Tag.IsNonSpecific)
            return scalar.Style is ScalarStyle.Plain && !scalar.Tag.IsNonSpecific ? Plain(scalar.Value) : NodeKind.String;
        return scalar.Tag.Value switch
        {
            CoreTag + "str" => NodeKind.String,
            CoreTag + "null" => Tagged(scalar, NodeKind.Null, "null"),
            CoreTag + "bool" => Tagged(scalar, NodeKind.Boolean, "true or false"),
            CoreTag + "int" or CoreTag + "float" => Tagged(scalar, NodeKind.Number, "a number that JSON knows"),
            var tag => throw Fault($"the tag {tag} is not known here", scalar),
        };
    }

    private NodeKind Tagged(Scalar scalar, NodeKind kind, string told) => Plain(scalar.Value) == kind ? kind : throw Fault($"the value is not {told}, which its tag says", scalar);

    /// <summary>YAML 1.2, section 10.3.2. Infinity and "not a number" stay text: JSON has no such values.</summary>
    private static NodeKind Plain(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => NodeKind.Null,
        "true" or "True" or "TRUE" or "false" or "False" or "FALSE" => NodeKind.Boolean,
        _ when text[0] is '-' or '+' or '.' or (>= '0' and <= '9') && YamlNumber.IsOne(text) => NodeKind.Number,
        _ => NodeKind.String,
    };

    private static string Number(string text) => text switch
    {
        ['0', 'x', .. var hex] => System.Numerics.BigInteger.Parse("0" + hex, System.Globalization.NumberStyles.AllowHexSpecifier, System.Globalization.CultureInfo.InvariantCulture).ToString(System.Globalization.CultureInfo.InvariantCulture),
        ['0', 'o', .. var octal] => octal.Aggregate(System.Numerics.BigInteger.Zero, (sum, digit) => (sum * 8) + (digit - '0')).ToString(System.Globalization.CultureInfo.InvariantCulture),
        _ => text,
    };

    private int Offset(Mark mark) => offsets.Of(mark.Index);
}
