using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace Davit.Manifest.Yaml;

/// <summary>
/// Gives plain scalars their kind: the YAML 1.2 core schema with the two additions Compose's reader has, octal
/// numbers with a bare leading zero and underscores between digits.
/// </summary>
internal static partial class ScalarResolver
{
    public static ScalarNode Plain(string text)
    {
        switch (text)
        {
            case "" or "~" or "null" or "Null" or "NULL":
                return new ScalarNode(ScalarKind.Null, "");
            case "true" or "True" or "TRUE":
                return ScalarNode.OfBool(true);
            case "false" or "False" or "FALSE":
                return ScalarNode.OfBool(false);
            case ".nan" or ".NaN" or ".NAN":
                return new ScalarNode(ScalarKind.Float, "NaN");
            case ".inf" or ".Inf" or ".INF" or "+.inf" or "+.Inf" or "+.INF":
                return new ScalarNode(ScalarKind.Float, "Infinity");
            case "-.inf" or "-.Inf" or "-.INF":
                return new ScalarNode(ScalarKind.Float, "-Infinity");
        }

        return text[0] is (>= '0' and <= '9') or '+' or '-' or '.' && Number(text) is { } number
            ? number
            : new ScalarNode(ScalarKind.Text, text) { IsTimestamp = IsTimestamp(text) };
    }

    private static bool IsTimestamp(string text) =>
        text is [>= '0' and <= '9', >= '0' and <= '9', >= '0' and <= '9', >= '0' and <= '9', '-', ..] && TimestampForm().Match(text) is { Success: true } match
        && DateTime.TryParseExact(match.Groups["day"].Value, "yyyy-M-d", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static ScalarNode? Number(string text)
    {
        if (text.Length > 320)
            return null;
        var digits = text.Replace("_", "", StringComparison.Ordinal);
        if (text[0] is not '.' && Integer(digits) is { } integer)
            return ScalarNode.OfInteger(integer);
        if (FloatForm().IsMatch(text[0] is '.' ? text : digits)
            && double.TryParse(text[0] is '.' ? text : digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
            return new ScalarNode(ScalarKind.Float, value.ToString("R", CultureInfo.InvariantCulture));
        return null;
    }

    private static BigInteger? Integer(string digits)
    {
        var negative = digits.StartsWith('-');
        var body = digits.AsSpan(digits[0] is '-' or '+' ? 1 : 0);
        var magnitude = Magnitude(body);
        if (magnitude is null)
            return null;
        var value = negative ? -magnitude.Value : magnitude.Value;
        return value >= long.MinValue && value <= ulong.MaxValue ? value : null;
    }

    private static BigInteger? Magnitude(ReadOnlySpan<char> body) => body switch
    {
        [] => null,
        ['0'] => BigInteger.Zero,
        ['0', 'x' or 'X', .. var hex] => InBase(hex, 16),
        ['0', 'b' or 'B', .. var bits] => InBase(bits, 2),
        ['0', 'o' or 'O', .. var octal] => InBase(octal, 8),
        ['0', .. var octal] => InBase(octal, 8),
        _ => InBase(body, 10),
    };

    private static BigInteger? InBase(ReadOnlySpan<char> digits, int radix)
    {
        if (digits.IsEmpty || digits.Length > 70)
            return null;
        var value = BigInteger.Zero;
        foreach (var c in digits)
        {
            var digit = char.IsAsciiHexDigit(c) ? Convert.ToInt32(c.ToString(), 16) : radix;
            if (digit >= radix)
                return null;
            value = value * radix + digit;
        }

        return value;
    }

    [GeneratedRegex(
        @"^(?<day>[0-9]{4}-[0-9]{1,2}-[0-9]{1,2})(( ([01]?[0-9]|2[0-3]):[0-5]?[0-9]:[0-5]?[0-9]([.,][0-9]+)?)|([Tt]([01]?[0-9]|2[0-3]):[0-5]?[0-9]:[0-5]?[0-9]([.,][0-9]+)?(Z|[-+][0-9]{2}:[0-9]{2})))?$",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex TimestampForm();

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex FloatForm();
}
