using System.Globalization;
using System.Numerics;

namespace Davit.Contracts.Documents;

/// <summary>
/// A decimal number of any size, compared exactly: <c>1.0</c> is <c>1</c>, and <c>1e400</c> keeps its value.
/// </summary>
internal readonly struct Numeral : IEquatable<Numeral>, IComparable<Numeral>
{
    private readonly bool _isNegative;

    /// <summary>Without zeros at either end; empty for zero.</summary>
    private readonly string _digits;

    /// <summary>Ten to how many stands for the digit after the last one.</summary>
    private readonly long _exponent;

    private Numeral(bool isNegative, string digits, long exponent)
    {
        _isNegative = isNegative;
        _digits = digits;
        _exponent = exponent;
    }

    public bool IsZero => string.IsNullOrEmpty(_digits);

    public bool IsWhole => IsZero || _exponent >= 0;

    public static bool operator <(Numeral left, Numeral right) => left.CompareTo(right) < 0;

    public static bool operator >(Numeral left, Numeral right) => left.CompareTo(right) > 0;

    public static bool operator <=(Numeral left, Numeral right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Numeral left, Numeral right) => left.CompareTo(right) >= 0;

    public static bool operator ==(Numeral left, Numeral right) => left.Equals(right);

    public static bool operator !=(Numeral left, Numeral right) => !left.Equals(right);

    /// <param name="text">A number as JSON writes it, RFC 8259 section 6.</param>
    public static Numeral Parse(string text)
    {
        var split = text.AsSpan().IndexOfAny('e', 'E');
        var exponent = split < 0 ? 0 : Exponent(text.AsSpan(split + 1));
        var number = (split < 0 ? text : text[..split]).TrimStart('+');
        var isNegative = number is ['-', ..];
        var digits = number.TrimStart('-');
        if (digits.IndexOf('.', StringComparison.Ordinal) is >= 0 and var point)
        {
            exponent -= digits.Length - point - 1;
            digits = digits.Remove(point, 1);
        }

        var trimmed = digits.TrimStart('0').TrimEnd('0');
        var trailing = digits.Length - digits.TrimEnd('0').Length;
        return trimmed is "" ? default : new Numeral(isNegative, trimmed, exponent + trailing);
    }

    public int CompareTo(Numeral other)
    {
        if (Sign != other.Sign)
            return Sign.CompareTo(other.Sign);
        return IsZero ? 0 : Sign * CompareSize(other);
    }

    public bool Equals(Numeral other) => CompareTo(other) is 0;

    public override bool Equals(object? obj) => obj is Numeral other && Equals(other);

    public override int GetHashCode() => IsZero ? 0 : HashCode.Combine(_isNegative, string.GetHashCode(_digits, StringComparison.Ordinal), _exponent);

    /// <summary>Some whole number of times the other one. Numbers too far apart to tell are none.</summary>
    public bool IsMultipleOf(Numeral other)
    {
        const int Most = 1000;
        if (IsZero || other.IsZero)
            return IsZero && !other.IsZero;
        var shift = _exponent - other._exponent;
        if (Math.Abs(shift) > Most)
            return false;
        var (left, right) = (BigInteger.Parse(_digits, CultureInfo.InvariantCulture), BigInteger.Parse(other._digits, CultureInfo.InvariantCulture));
        var scale = BigInteger.Pow(10, (int)Math.Abs(shift));
        return (shift >= 0 ? (left * scale) % right : left % (right * scale)).IsZero;
    }

    public override string ToString()
    {
        if (IsZero)
            return "0";
        var sign = _isNegative ? "-" : "";
        return _exponent switch
        {
            >= 0 and <= 20 => sign + _digits + new string('0', (int)_exponent),
            < 0 and >= -20 when -_exponent < _digits.Length => $"{sign}{_digits[..^(int)-_exponent]}.{_digits[^(int)-_exponent..]}",
            < 0 and >= -20 => sign + "0." + _digits.PadLeft((int)-_exponent, '0'),
            _ => sign + _digits + "e" + _exponent.ToString(CultureInfo.InvariantCulture),
        };
    }

    private int Sign => IsZero ? 0 : _isNegative ? -1 : 1;

    private int CompareSize(Numeral other)
    {
        var magnitude = (_digits.Length + _exponent).CompareTo(other._digits.Length + other._exponent);
        return magnitude is not 0 ? magnitude : Math.Sign(string.CompareOrdinal(_digits, other._digits));
    }

    private static long Exponent(ReadOnlySpan<char> text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent)
            ? Math.Clamp(exponent, -1_000_000_000_000, 1_000_000_000_000)
            : text is ['-', ..] ? -1_000_000_000_000 : 1_000_000_000_000;
}
