using System.Globalization;
using Davit.Manifest.Interpolation;
using Davit.Manifest.Yaml;

namespace Davit.Manifest.Binding;

/// <summary>Codecs for single values.</summary>
internal static class Scalars
{
    public static Node? Text(Node value, BindContext at) => value switch
    {
        ScalarNode { Kind: ScalarKind.Text, Text.Length: 0 } or ScalarNode { Kind: ScalarKind.Null } => null,
        ScalarNode { Kind: ScalarKind.Text } => value,
        ScalarNode { Kind: ScalarKind.Integer } number => number.With(ScalarKind.Text, number.Text),
        _ => at.Refuse(value, "must be text"),
    };

    /// <summary>False is the same as nothing.</summary>
    public static Node? Flag(Node value, BindContext at) => KeptFlag(value, at) is ScalarNode { IsTrue: true } flag ? flag : null;

    public static Node? KeptFlag(Node value, BindContext at) => value switch
    {
        ScalarNode { Kind: ScalarKind.Null } => null,
        ScalarNode { Kind: ScalarKind.Bool } => value,
        ScalarNode { Kind: ScalarKind.Text } text => Casts.ToFlag(text) ?? at.Refuse(value, "must be true or false"),
        _ => at.Refuse(value, "must be true or false"),
    };

    /// <summary>Zero is the same as nothing.</summary>
    public static Node? Integer(Node value, BindContext at) => KeptInteger(value, at) is ScalarNode { Text: not "0" } number ? number : null;

    public static Node? KeptInteger(Node value, BindContext at) => value switch
    {
        ScalarNode { Kind: ScalarKind.Null } => null,
        ScalarNode { Kind: ScalarKind.Integer } number when number.TryLong(out _) => value,
        ScalarNode { Kind: ScalarKind.Float } number when Math.Abs(number.AsDouble) < 9e18 =>
            number.With(ScalarKind.Integer, Math.Truncate(number.AsDouble).ToString("F0", CultureInfo.InvariantCulture)),
        ScalarNode { Kind: ScalarKind.Text } text => Casts.ToInteger(text) ?? at.Refuse(value, "must be a whole number"),
        _ => at.Refuse(value, "must be a whole number"),
    };

    /// <summary>A number of single precision, which is what Compose keeps; zero is the same as nothing.</summary>
    public static Node? Real(Node value, BindContext at)
    {
        var number = value switch
        {
            ScalarNode { IsNumber: true } n => n,
            ScalarNode { Kind: ScalarKind.Text } text => Casts.ToFloat(text),
            _ => null,
        };
        if (number is null)
            return value.IsNull ? null : at.Refuse(value, "must be a number");
        var single = (float)number.AsDouble;
        if (!float.IsFinite(single))
            return at.Refuse(value, "must be a finite number");
        return single is 0 ? null : number.With(ScalarKind.Float, single.ToString("R", CultureInfo.InvariantCulture));
    }

    /// <summary>A size in bytes, as decimal text; zero is the same as nothing.</summary>
    public static Node? Bytes(Node value, BindContext at)
    {
        var bytes = value switch
        {
            ScalarNode { Kind: ScalarKind.Integer } number when number.TryLong(out var n) => n,
            ScalarNode { Kind: ScalarKind.Float } => 0L,
            ScalarNode { Kind: ScalarKind.Text } text => Units.Bytes(text.Text),
            ScalarNode { Kind: ScalarKind.Null } => 0L,
            _ => null,
        };
        return bytes is { } size
            ? size is 0 ? null : ((ScalarNode)value).With(ScalarKind.Text, size.ToString(CultureInfo.InvariantCulture))
            : at.Refuse(value, "must be a size such as 256m");
    }

    public static Node? Duration(Node value, BindContext at)
    {
        if (value.IsNull)
            return null;
        return value is ScalarNode scalar && Units.Duration(scalar.Kind is ScalarKind.Text ? scalar.Text : scalar.Printed) is { } nanoseconds
            ? scalar.With(ScalarKind.Text, GoFormat.Duration(nanoseconds))
            : at.Refuse(value, "must be a duration such as 1m30s");
    }

    public static Node? DurationAboveZero(Node value, BindContext at) => Duration(value, at) is ScalarNode { Text: not "0s" } duration ? duration : null;

    /// <summary>Permission bits as octal text with a leading zero.</summary>
    public static Node? Mode(Node value, BindContext at)
    {
        try
        {
            var bits = value switch
            {
                ScalarNode { Kind: ScalarKind.Integer } number when number.TryLong(out var n) => (long?)n,
                ScalarNode { Kind: ScalarKind.Text, Text.Length: > 0 and <= 12 } text => Convert.ToInt64(text.Text, 8),
                _ => null,
            };
            return bits is >= 0 and { } mode
                ? ((ScalarNode)value).With(ScalarKind.Text, "0" + Convert.ToString(mode, 8))
                : value.IsNull ? null : at.Refuse(value, "must be octal permission bits such as 0440");
        }
        catch (Exception broken) when (broken is FormatException or ArgumentException or OverflowException)
        {
            return at.Refuse(value, "must be octal permission bits such as 0440");
        }
    }

    /// <summary>A number of devices; <c>all</c> is -1.</summary>
    public static Node? DeviceCount(Node value, BindContext at) =>
        value is ScalarNode { Kind: ScalarKind.Text } text && text.Text.Equals("all", StringComparison.OrdinalIgnoreCase)
            ? text.With(ScalarKind.Integer, "-1")
            : Integer(value, at);
}
