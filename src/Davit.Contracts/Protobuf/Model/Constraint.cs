using System.Globalization;
using Davit.Contracts.Protobuf.Wire;

namespace Davit.Contracts.Protobuf.Model;

/// <summary>One standard rule of <c>buf.validate</c> on a field, such as <c>string.min_len</c>.</summary>
/// <param name="Values">Numbers, texts or words; one, or those of a list.</param>
internal sealed record Constraint(string Name, ConstraintKind Kind, IReadOnlyList<string> Values)
{
    /// <summary>The name of the rule that a field must be set.</summary>
    public const string Required = "required";

    public string Told => $"{Name} = {string.Join(", ", Values)}";

    /// <summary>Every rule on a field by name; those in code are told apart by their text.</summary>
    public static IReadOnlyDictionary<string, Constraint> Of(ProtoField field)
    {
        var rules = field.Options.Message(Annotations.Validate);
        var all = new Dictionary<string, Constraint>(StringComparer.Ordinal);
        if (!rules.IsEmpty)
            Read(all, rules, "");
        return all;
    }

    /// <summary>The rules in code, which only say what they say.</summary>
    public static string ExpressionsOf(ProtoField field)
    {
        var rules = field.Options.Message(Annotations.Validate);
        return string.Join('\n', rules.All(23).Select(c => new WireMessage(c).Text(3) ?? "").Concat(rules.Texts(29)));
    }

    /// <summary>Less is allowed than by the other one; where nobody can tell it counts as less.</summary>
    public bool IsNarrowerThan(Constraint other) => Kind switch
    {
        ConstraintKind.Least => Compared(this, other) > 0,
        ConstraintKind.Most => Compared(this, other) < 0,
        ConstraintKind.OneOf => other.Values.Except(Values, StringComparer.Ordinal).Any(),
        ConstraintKind.NoneOf => Values.Except(other.Values, StringComparer.Ordinal).Any(),
        _ => true,
    };

    /// <summary>Something is allowed that the other one does not allow; where nobody can tell it counts as such.</summary>
    public bool IsWiderThan(Constraint other) => other.IsNarrowerThan(this);

    public bool Same(Constraint other) => Values.SequenceEqual(other.Values, StringComparer.Ordinal);

    /// <summary>Whole numbers of 64 bits are more exact than a double.</summary>
    private static int Compared(Constraint one, Constraint other) => Exact(one) is { } left && Exact(other) is { } right ? left.CompareTo(right) : Number(one).CompareTo(Number(other));

    private static decimal? Exact(Constraint constraint) =>
        decimal.TryParse(constraint.Values[^1], NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static double Number(Constraint constraint) => double.TryParse(constraint.Values[^1], CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static void Read(Dictionary<string, Constraint> all, WireMessage rules, string prefix)
    {
        if (rules.Flag(25))
            all[prefix + Required] = new Constraint(prefix + Required, ConstraintKind.Other, ["true"]);
        foreach (var group in ConstraintGroup.All)
        {
            var message = rules.Message(group.Number);
            foreach (var (number, name, kind) in message.IsEmpty ? [] : group.Rules)
            {
                var values = group.Values(message, number, name);
                if (values is not [] && !(kind is ConstraintKind.Flag && values[^1] is "0"))
                    all[$"{prefix}{group.Name}.{name}"] = new Constraint($"{prefix}{group.Name}.{name}", kind, values);
            }

            foreach (var (number, name) in prefix is "" && !message.IsEmpty ? group.Nested : [])
                Read(all, message.Message(number), $"{group.Name}.{name}.");
        }
    }
}

internal enum ConstraintKind
{
    /// <summary>Another value is another rule.</summary>
    Other,

    /// <summary>It holds or not.</summary>
    Flag,

    Least,
    Most,
    OneOf,
    NoneOf,
}
