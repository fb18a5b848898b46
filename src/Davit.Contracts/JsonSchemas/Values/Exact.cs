using System.Globalization;
using System.Numerics;

namespace Davit.Contracts.JsonSchemas.Values;

/// <summary>A decimal number that can be calculated with. Exponents beyond <see cref="Widest"/> are cut off there.</summary>
internal readonly record struct Exact : IComparable<Exact>
{
    private const int Widest = 2_000;

    private readonly BigInteger _digits;

    /// <summary>How many of the digits stand behind the point.</summary>
    private readonly int _scale;

    public Exact(BigInteger digits, int scale = 0)
    {
        while (scale > 0 && (digits % 10).IsZero)
            (digits, scale) = (digits / 10, scale - 1);
        (_digits, _scale) = (digits, scale);
    }

    public bool IsWhole => _scale is 0;

    public int Sign => _digits.Sign;

    public static Exact Zero => default;

    public static Exact operator +(Exact left, Exact right)
    {
        var scale = Math.Max(left._scale, right._scale);
        return new(left.At(scale) + right.At(scale), scale);
    }

    public static Exact operator -(Exact left, Exact right) => left + new Exact(-right._digits, right._scale);

    public static Exact operator *(Exact left, BigInteger right) => new(left._digits * right, left._scale);

    public static bool operator <(Exact left, Exact right) => left.CompareTo(right) < 0;

    public static bool operator >(Exact left, Exact right) => left.CompareTo(right) > 0;

    public static bool operator <=(Exact left, Exact right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Exact left, Exact right) => left.CompareTo(right) >= 0;

    public static Exact Parse(string text)
    {
        var split = text.AsSpan().IndexOfAny('e', 'E');
        var exponent = split < 0 ? 0 : Exponent(text.AsSpan(split + 1));
        var number = split < 0 ? text : text[..split];
        if (number.IndexOf('.', StringComparison.Ordinal) is >= 0 and var point)
        {
            exponent -= number.Length - point - 1;
            number = number.Remove(point, 1);
        }

        var digits = BigInteger.Parse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        exponent = Math.Clamp(exponent, -Widest - text.Length, Widest);
        return exponent >= 0 ? new(digits * BigInteger.Pow(10, exponent)) : new(digits, -exponent);
    }

    /// <summary>The greatest multiple that is not above this number, counted in steps.</summary>
    public BigInteger StepsBelow(Exact step)
    {
        var scale = Math.Max(_scale, step._scale);
        var quotient = BigInteger.DivRem(At(scale), step.At(scale), out var rest);
        return rest.Sign < 0 ? quotient - 1 : quotient;
    }

    public bool IsMultipleOf(Exact step)
    {
        var scale = Math.Max(_scale, step._scale);
        return (At(scale) % step.At(scale)).IsZero;
    }

    public static Exact CommonMultiple(Exact left, Exact right)
    {
        var scale = Math.Max(left._scale, right._scale);
        var (l, r) = (left.At(scale), right.At(scale));
        return new(l / BigInteger.GreatestCommonDivisor(l, r) * r, scale);
    }

    public Exact Half => new(_digits * 5, _scale + 1);

    public int CompareTo(Exact other)
    {
        var scale = Math.Max(_scale, other._scale);
        return At(scale).CompareTo(other.At(scale));
    }

    public override string ToString()
    {
        if (_scale is 0)
            return _digits.ToString(CultureInfo.InvariantCulture);
        var digits = BigInteger.Abs(_digits).ToString(CultureInfo.InvariantCulture).PadLeft(_scale + 1, '0');
        return $"{(_digits.Sign < 0 ? "-" : "")}{digits[..^_scale]}.{digits[^_scale..]}";
    }

    private BigInteger At(int scale) => _digits * BigInteger.Pow(10, scale - _scale);

    private static int Exponent(ReadOnlySpan<char> text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent) ? Math.Clamp(exponent, -2 * Widest, 2 * Widest)
            : text is ['-', ..] ? -2 * Widest : 2 * Widest;
}
