using System.Globalization;
using System.Numerics;
using System.Text;

namespace Davit.Contracts.Protobuf.Model;

/// <summary>What a field holds when nothing was sent: text or a number, whatever the exact type, so that a changed type alone does not change it.</summary>
internal sealed record FieldDefault(string? Text, BigInteger? Whole, double? Real, bool IsSingle)
{
    /// <summary>No type of numbers has as many; reading more digits takes longer with each.</summary>
    private const int MostDigits = 64;

    /// <summary>Only fields that hold one scalar have one.</summary>
    public static FieldDefault? Of(ProtoField field)
    {
        if (field.IsRepeated || field.IsOfMessage)
            return null;
        var written = field.DefaultText;
        return field.Kind switch
        {
            FieldKind.String => OfText(written ?? ""),
            FieldKind.Bytes => OfText(Unescaped(written ?? "")),
            FieldKind.Bool => OfWhole(written is "true" ? 1 : 0),
            FieldKind.Enum => OfWhole(Value(field, written)),
            FieldKind.Float => OfReal(written, isSingle: true),
            FieldKind.Double => OfReal(written, isSingle: false),
            _ => OfWhole(written is { Length: <= MostDigits } && BigInteger.TryParse(written, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : 0),
        };
    }

    public bool IsZero => Text is "" || Whole is { IsZero: true } || Real is 0;

    public bool Same(FieldDefault other)
    {
        if (Text is not null || other.Text is not null)
            return Text == other.Text;
        if (Whole is { } whole && other.Whole is { } otherWhole)
            return whole == otherWhole;
        if (Real is { } real && other.Real is { } otherReal)
            return IsSingle == other.IsSingle ? real.Equals(otherReal) || real == otherReal : ((float)real).Equals((float)otherReal);
        var (number, fraction) = Whole is { } mine ? (mine, other.Real!.Value) : (other.Whole!.Value, Real!.Value);
        return double.IsInteger(fraction) && new BigInteger(fraction) == number;
    }

    public override string ToString() => Text is not null ? $"'{Text}'" : Whole?.ToString(CultureInfo.InvariantCulture) ?? Real!.Value.ToString(CultureInfo.InvariantCulture);

    private static FieldDefault OfText(string text) => new(text, null, null, false);

    private static FieldDefault OfWhole(BigInteger number) => new(null, number, null, false);

    private static FieldDefault OfReal(string? written, bool isSingle)
    {
        var number = written switch
        {
            null => 0,
            "inf" => double.PositiveInfinity,
            "-inf" => double.NegativeInfinity,
            "nan" or "-nan" => double.NaN,
            _ => double.TryParse(written, NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed) ? parsed : 0,
        };
        return new FieldDefault(null, null, isSingle ? (float)number : number, isSingle);
    }

    private static int Value(ProtoField field, string? written)
    {
        if (field.File.Set.Enum(field.TypeName) is not { } type)
            return 0;
        return written is not null ? type.Numbers.GetValueOrDefault(written) : type.Values is [var first, ..] ? first.Number : 0;
    }

    /// <summary>The compiler writes bytes with the escapes of C; each char of the answer is one of them.</summary>
    private static string Unescaped(string written)
    {
        var bytes = new StringBuilder(written.Length);
        for (var at = 0; at < written.Length; at++)
        {
            if (written[at] is not '\\' || at + 1 == written.Length)
            {
                bytes.Append(written[at]);
                continue;
            }

            at++;
            bytes.Append(written[at] switch
            {
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'a' => '\a',
                'b' => '\b',
                'f' => '\f',
                'v' => '\v',
                'x' => Digits(written, ref at, from: at + 1, radix: 16, most: 2),
                >= '0' and <= '7' => Digits(written, ref at, from: at, radix: 8, most: 3),
                var other => other,
            });
        }

        return bytes.ToString();
    }

    private static char Digits(string text, ref int at, int from, int radix, int most)
    {
        var (value, end) = (0, from);
        while (end < text.Length && end < from + most && char.IsAsciiHexDigit(text[end]) && Convert.ToInt32(text[end].ToString(), 16) is var digit && digit < radix)
        {
            value = value * radix + digit;
            end++;
        }

        at = end - 1;
        return (char)value;
    }
}
