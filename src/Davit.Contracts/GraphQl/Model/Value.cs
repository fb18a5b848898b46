using System.Text;
using Davit.Contracts.Documents;

namespace Davit.Contracts.GraphQl.Model;

internal enum ValueKind : byte
{
    Null,
    Boolean,
    Int,
    Float,
    String,
    Enum,
    List,
    Object,
}

/// <summary>A constant as it is written.</summary>
/// <param name="Text">A scalar; empty for what holds others.</param>
/// <param name="Items">The elements of a list, or the values of an object.</param>
/// <param name="Names">The names of an object, one for each item.</param>
internal sealed record Value(ValueKind Kind, string Text, IReadOnlyList<Value> Items, IReadOnlyList<string> Names)
{
    public static Value Of(ValueKind kind, string text) => new(kind, text, [], []);

    public override string ToString()
    {
        var text = new StringBuilder();
        Print(text);
        return text.ToString();
    }

    /// <summary>Whether both are the same: 1 is 1.0, and members have no order.</summary>
    public static bool Same(Value left, Value right)
    {
        if (left.Kind is ValueKind.Int or ValueKind.Float && right.Kind is ValueKind.Int or ValueKind.Float)
            return Numeral.Parse(left.Text) == Numeral.Parse(right.Text);
        if (left.Kind != right.Kind || left.Text != right.Text || left.Items.Count != right.Items.Count)
            return false;
        if (left.Kind is not ValueKind.Object)
            return left.Items.Zip(right.Items).All(p => Same(p.First, p.Second));
        var members = right.Names.Zip(right.Items).DistinctBy(m => m.First, StringComparer.Ordinal).ToDictionary(m => m.First, m => m.Second, StringComparer.Ordinal);
        return left.Names.Zip(left.Items).All(m => members.TryGetValue(m.First, out var other) && Same(m.Second, other));
    }

    private void Print(StringBuilder text)
    {
        if (Kind is ValueKind.List or ValueKind.Object)
        {
            text.Append(Kind is ValueKind.List ? '[' : '{');
            for (var i = 0; i < Items.Count; i++)
            {
                text.Append(i is 0 ? "" : ", ");
                if (Kind is ValueKind.Object)
                    text.Append(Names[i]).Append(": ");
                Items[i].Print(text);
            }

            text.Append(Kind is ValueKind.List ? ']' : '}');
            return;
        }

        text.Append(Kind is ValueKind.String ? $"\"{Text.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}\"" : Text);
    }
}
