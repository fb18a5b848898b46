using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Davit.Contracts.Documents;

/// <summary>Builds the values of one YAML document from the events of its parser.</summary>
internal sealed partial class YamlTree(SourceText source, ByteOffsets offsets, ReadLimits limits)
{
    private const string CoreTag = "tag:yaml.org,2002:";

    private readonly DocumentBuilder _builder = new(source, limits);
    private readonly Dictionary<string, int> _anchors = new(StringComparer.Ordinal);
    private int _aliased;

    public Document Build() => _builder.Build();

    public void Empty() => _builder.Scalar(NodeKind.Null, 0, 0);

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
                while (!parser.Accept<MappingEnd>(out _))
                    Member(parser);
                _builder.Close(Offset(parser.Consume<MappingEnd>().End));
                break;
            case AnchorAlias alias:
                Repeat(alias);
                break;
            case var other:
                throw Fault("a value is expected here", other);
        }
    }

    private void Member(IParser parser)
    {
        if (!parser.TryConsume<Scalar>(out var key))
            throw Fault("a key must be text", parser.Consume<ParsingEvent>());
        if (key is { Value: "<<", Style: ScalarStyle.Plain })
            throw Fault("merge keys are not allowed in contracts", key);
        _builder.Name(key.Value, Offset(key.Start));
        Read(parser);
    }

    private void Remember(NodeEvent value)
    {
        if (!value.Anchor.IsEmpty)
            _anchors[value.Anchor.Value] = _builder.Count;
    }

    private void Repeat(AnchorAlias alias)
    {
        if (!_anchors.TryGetValue(alias.Value.Value, out var anchor))
            throw Fault($"no anchor is named '{alias.Value.Value}' before this place", alias);
        var before = _builder.Count;
        _builder.Repeat(anchor, Offset(alias.Start), Offset(alias.End));
        _aliased += _builder.Count - before;
        if (_aliased > limits.AliasedNodes || _aliased > Math.Max(1024, source.Bytes.Length) * (long)limits.AliasGrowth)
            throw new UnreadableException(UnreadableCodes.Aliases, "the aliases of the file unfold to more than it may hold", source.Between(Offset(alias.Start), Offset(alias.End)));
    }

    private void Value(Scalar scalar)
    {
        var (start, end) = (Offset(scalar.Start), Offset(scalar.End));
        var kind = Kind(scalar);
        _builder.Scalar(kind, start, end, kind is NodeKind.Number ? Number(scalar.Value) : scalar.Value);
    }

    private NodeKind Kind(Scalar scalar)
    {
        if (scalar.Tag.IsEmpty || scalar.Tag.IsNonSpecific)
            return scalar.Style is ScalarStyle.Plain && !scalar.Tag.IsNonSpecific ? Plain(scalar.Value) : NodeKind.String;
        return scalar.Tag.Value switch
        {
            CoreTag + "str" => NodeKind.String,
            CoreTag + "null" => NodeKind.Null,
            CoreTag + "bool" => NodeKind.Boolean,
            CoreTag + "int" or CoreTag + "float" => NodeKind.Number,
            var tag => throw Fault($"the tag {tag} is not known here", scalar),
        };
    }

    /// <summary>YAML 1.2, section 10.3.2. Infinity and "not a number" stay text: JSON has no such values.</summary>
    private static NodeKind Plain(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => NodeKind.Null,
        "true" or "True" or "TRUE" or "false" or "False" or "FALSE" => NodeKind.Boolean,
        _ when text[0] is '-' or '+' or '.' or (>= '0' and <= '9') && IsNumber().IsMatch(text) => NodeKind.Number,
        _ => NodeKind.String,
    };

    private static string Number(string text) => text switch
    {
        ['0', 'x', .. var hex] => System.Numerics.BigInteger.Parse("0" + hex, System.Globalization.NumberStyles.AllowHexSpecifier, System.Globalization.CultureInfo.InvariantCulture).ToString(System.Globalization.CultureInfo.InvariantCulture),
        ['0', 'o', .. var octal] => octal.Aggregate(System.Numerics.BigInteger.Zero, (sum, digit) => (sum * 8) + (digit - '0')).ToString(System.Globalization.CultureInfo.InvariantCulture),
        _ => text,
    };

    private int Offset(Mark mark) => offsets.Of(mark.Index);

    [GeneratedRegex(@"^(?:[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|0o[0-7]+|0x[0-9a-fA-F]+)$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex IsNumber();
}
