using System.Globalization;
using System.Text;

namespace Davit.Manifest.Canonical;

/// <summary>Doubles as ECMAScript's <c>Number.prototype.toString</c> prints them.</summary>
internal static class EcmaNumber
{
    public static string Text(double value)
    {
        if (value is 0)
            return "0";
        var (digits, point) = Digits(Math.Abs(value).ToString("R", CultureInfo.InvariantCulture));
        return (value < 0 ? "-" : "") + Lay(digits, point);
    }

    /// <summary>The significant digits and the place of the decimal point counted from the first of them.</summary>
    private static (string Digits, int Point) Digits(string text)
    {
        var cut = text.IndexOf('E', StringComparison.Ordinal);
        var exponent = cut < 0 ? 0 : int.Parse(text.AsSpan(cut + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var mantissa = cut < 0 ? text : text[..cut];
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? mantissa.Length : point;
        var all = mantissa.Replace(".", "", StringComparison.Ordinal);
        var leading = all.Length - all.TrimStart('0').Length;
        return (all.Trim('0'), whole - leading + exponent);
    }

    private static string Lay(string digits, int point)
    {
        if (point > 21 || point < -5)
            return Scientific(digits, point - 1);
        if (point <= 0)
            return "0." + new string('0', -point) + digits;
        return digits.Length <= point ? digits + new string('0', point - digits.Length) : digits.Insert(point, ".");
    }

    private static string Scientific(string digits, int exponent)
    {
        var text = new StringBuilder(digits[..1]);
        if (digits.Length > 1)
            text.Append('.').Append(digits.AsSpan(1));
        return text.Append(CultureInfo.InvariantCulture, $"e{(exponent < 0 ? "-" : "+")}{Math.Abs(exponent)}").ToString();
    }
}
