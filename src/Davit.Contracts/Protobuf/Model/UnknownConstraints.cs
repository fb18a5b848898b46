using System.Globalization;
using Davit.Contracts.Protobuf.Wire;

namespace Davit.Contracts.Protobuf.Model;

/// <summary>What <c>buf.validate</c> says about a field and no rule understands: of newer versions, of types that are not compared, or somebody's own.</summary>
internal static class UnknownConstraints
{
    private const int Required = 25;

    /// <summary>Rules in code; they are compared for themselves.</summary>
    private static readonly int[] Expressions = [23, 29];

    /// <summary>The bytes of each by its name; by its number where its definition is not in the set.</summary>
    public static IReadOnlyDictionary<string, string> Of(ProtoField field)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        var rules = field.Options.Message(Annotations.Validate);
        if (rules.IsEmpty)
            return found;
        var set = field.File.Set;
        new Reading(set, found).Field(rules, set.Message(set.Extension(Annotations.OptionsOf(field), Annotations.Validate)?.TypeName ?? ""), "");
        return found;
    }

    private sealed class Reading(ProtoSet set, Dictionary<string, string> found)
    {
        public void Field(WireMessage rules, ProtoMessage? definition, string prefix)
        {
            foreach (var (number, bytes) in rules.Fields())
            {
                if (number is Required || (prefix is "" && Expressions.Contains(number)))
                    continue;
                if (ConstraintGroup.Numbered(number) is { } group)
                    Group(group, rules.Message(number), Type(definition, number), $"{prefix}{group.Name}.");
                else
                    Add(prefix + Name(definition, number), bytes);
            }
        }

        private void Group(ConstraintGroup group, WireMessage rules, ProtoMessage? definition, string prefix)
        {
            var isOutermost = !prefix[..^1].Contains('.', StringComparison.Ordinal);
            foreach (var (number, bytes) in rules.Fields())
            {
                if (number == group.Example || group.Knows(number))
                    continue;
                if (isOutermost && group.Nested.Any(n => n.Number == number))
                    Field(rules.Message(number), Type(definition, number), $"{prefix}{group.Nested.First(n => n.Number == number).Name}.");
                else
                    Add(prefix + Name(definition, number), bytes);
            }
        }

        private void Add(string name, ReadOnlyMemory<byte> bytes) => found[name] = Convert.ToHexStringLower(bytes.Span);

        private ProtoMessage? Type(ProtoMessage? definition, int number) => Defined(definition, number) is { } field ? set.Message(field.TypeName) : null;

        private static string Name(ProtoMessage? definition, int number) => Defined(definition, number)?.Name ?? number.ToString(CultureInfo.InvariantCulture);

        private static ProtoField? Defined(ProtoMessage? definition, int number) => definition?.Fields.FirstOrDefault(f => f.Number == number);
    }
}
