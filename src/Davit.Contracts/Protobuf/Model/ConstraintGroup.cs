using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Davit.Contracts.Protobuf.Wire;
using static Davit.Contracts.Protobuf.Model.ConstraintKind;

namespace Davit.Contracts.Protobuf.Model;

/// <summary>The rules of <c>buf.validate</c> for one type.</summary>
internal sealed record ConstraintGroup(int Number, string Name, ImmutableArray<(int Number, string Name, ConstraintKind Kind)> Rules)
{
    private static readonly ImmutableArray<(int, string, ConstraintKind)> Numeric = [(1, "const", Other), (2, "lt", Most), (3, "lte", Most), (4, "gt", Least), (5, "gte", Least), (6, "in", OneOf), (7, "not_in", NoneOf)];

    private static readonly ImmutableArray<(int, string, ConstraintKind)> Real = [.. Numeric, (8, "finite", Flag)];

    private static readonly ImmutableArray<(int, string, ConstraintKind)> Text =
    [
        (1, "const", Other), (2, "min_len", Least), (3, "max_len", Most), (4, "min_bytes", Least), (5, "max_bytes", Most), (6, "pattern", Other), (7, "prefix", Other), (8, "suffix", Other), (9, "contains", Other),
        (10, "in", OneOf), (11, "not_in", NoneOf), (12, "email", Flag), (13, "hostname", Flag), (14, "ip", Flag), (15, "ipv4", Flag), (16, "ipv6", Flag), (17, "uri", Flag), (18, "uri_ref", Flag), (19, "len", Other),
        (20, "len_bytes", Other), (21, "address", Flag), (22, "uuid", Flag), (23, "not_contains", Other), (24, "well_known_regex", Other),
        (26, "ip_with_prefixlen", Flag), (27, "ipv4_with_prefixlen", Flag), (28, "ipv6_with_prefixlen", Flag), (29, "ip_prefix", Flag), (30, "ipv4_prefix", Flag), (31, "ipv6_prefix", Flag), (32, "host_and_port", Flag), (33, "tuuid", Flag),
    ];

    private static readonly ImmutableArray<(int, string, ConstraintKind)> Octets =
    [
        (1, "const", Other), (2, "min_len", Least), (3, "max_len", Most), (4, "pattern", Other), (5, "prefix", Other), (6, "suffix", Other), (7, "contains", Other), (8, "in", OneOf), (9, "not_in", NoneOf), (10, "ip", Flag), (11, "ipv4", Flag), (12, "ipv6", Flag), (13, "len", Other),
    ];

    public static ImmutableArray<ConstraintGroup> All { get; } =
    [
        new(1, "float", Real) { Example = 9 }, new(2, "double", Real) { Example = 9 }, .. Whole(3, "int32", "int64", "uint32", "uint64", "sint32", "sint64", "fixed32", "fixed64", "sfixed32", "sfixed64"),
        new(13, "bool", [(1, "const", Other)]) { Example = 2 },
        new(14, "string", Text) { Example = 34 },
        new(15, "bytes", Octets) { Example = 14 },
        new(16, "enum", [(1, "const", Other), (2, "defined_only", Flag), (3, "in", OneOf), (4, "not_in", NoneOf)]) { Example = 5 },
        new(18, "repeated", [(1, "min_items", Least), (2, "max_items", Most), (3, "unique", Flag)]) { Nested = [(4, "items")] },
        new(19, "map", [(1, "min_pairs", Least), (2, "max_pairs", Most)]) { Nested = [(4, "keys"), (5, "values")] },
    ];

    /// <summary>Rules for what a list or map holds.</summary>
    public ImmutableArray<(int Number, string Name)> Nested { get; init; } = [];

    /// <summary>Its field for values that only show what is meant.</summary>
    public int Example { get; init; }

    /// <summary>Null for a type that has no group here.</summary>
    public static ConstraintGroup? Numbered(int number) => All.FirstOrDefault(g => g.Number == number);

    public bool Knows(int rule) => Rules.Any(r => r.Number == rule);

    /// <summary>What a rule says; empty where it is not there.</summary>
    public IReadOnlyList<string> Values(WireMessage message, int number, string name)
    {
        var values = new List<string>();
        for (var reader = new WireReader(message.Bytes); reader.Next();)
        {
            if (reader.Field != number)
                continue;
            if (!reader.IsLong)
                values.Add(Written(reader.Number, name));
            else
                values.Add(Name is "bytes" ? Convert.ToHexStringLower(reader.Bytes.Span) : Encoding.UTF8.GetString(reader.Bytes.Span));
        }

        return values;
    }

    /// <summary>A number in the way in which its type is written; lengths and flags are plain in every group.</summary>
    private string Written(ulong written, string rule) => Name switch
    {
        "float" when rule is not "finite" => Plain(BitConverter.UInt32BitsToSingle((uint)written)),
        "double" when rule is not "finite" => Plain(BitConverter.UInt64BitsToDouble(written)),
        "sint32" or "sint64" => Plain((long)(written >> 1) ^ -(long)(written & 1)),
        "sfixed32" => Plain((int)(uint)written),
        "int32" or "int64" or "sfixed64" => Plain((long)written),
        "enum" when rule is not "defined_only" => Plain((long)written),
        _ => Plain(written),
    };

    private static IEnumerable<ConstraintGroup> Whole(int first, params string[] names) => names.Select((name, at) => new ConstraintGroup(first + at, name, Numeric) { Example = 8 });

    private static string Plain(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);
}
