using System.Numerics;
using Davit.Contracts.Documents;

namespace Davit.Contracts.Avro.Schemas;

/// <summary>Tells whether a JSON value may be the default of a field, by the table of the specification.</summary>
internal static class AvroDefaults
{
    public static bool Fits(AvroType type, Node value) => type.Kind switch
    {
        AvroKind.Null => value.Kind is NodeKind.Null,
        AvroKind.Boolean => value.Kind is NodeKind.Boolean,
        AvroKind.Int => IsWhole(value, int.MinValue, int.MaxValue),
        AvroKind.Long => IsWhole(value, long.MinValue, long.MaxValue),
        AvroKind.Float or AvroKind.Double => value.Kind is NodeKind.Number,
        AvroKind.String => value.IsString,
        AvroKind.Bytes => value.Text is { } bytes && bytes.All(c => c <= '\u00ff'),
        AvroKind.Fixed => value.Text is { } bytes && bytes.Length == type.Size && bytes.All(c => c <= '\u00ff'),
        AvroKind.Enum => value.Text is { } symbol && type.Symbols.Contains(symbol, StringComparer.Ordinal),
        AvroKind.Array => value.IsArray && value.Children.ToList().TrueForAll(e => Fits(type.Inner[0], e)),
        AvroKind.Map => value.IsObject && value.Children.ToList().TrueForAll(m => Fits(type.Inner[0], m)),
        // Up to 1.11 the default of a union belongs to its first branch.
        AvroKind.Union => type.Inner is [var first, ..] && Fits(first, value),
        _ => value.IsObject && type.Fields.TrueForAll(f => value[f.Name] is { Exists: true } given ? Fits(f.Type, given) : f.Default.Exists),
    };

    private static bool IsWhole(Node value, long least, long most) =>
        value.Number is { IsWhole: true } number
        && BigInteger.TryParse(number.ToString(), System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out var whole)
        && whole >= least && whole <= most;
}
