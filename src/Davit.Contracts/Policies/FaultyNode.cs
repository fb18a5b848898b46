using System.Collections.Immutable;
using System.Globalization;
using Davit.Contracts.Documents;

namespace Davit.Contracts.Policies;

/// <summary>A value of a policy that is read as what it should be, and what is wrong about it.</summary>
internal sealed class FaultyNode(Node node, ImmutableArray<PolicyFault>.Builder faults)
{
    private const int MostDays = 3_650;

    public Node Node { get; } = node;

    public FaultyNode this[string name] => new(Node.IsObject ? Node[name] : default, faults);

    public void Refused(string text) => faults.Add(new PolicyFault(Node.Where, text));

    public void Knows(params string[] names)
    {
        if (!Node.Exists)
            return;
        if (!Node.IsObject)
        {
            Refused("this must be an object");
            return;
        }

        foreach (var member in Node.Children)
        {
            if (!names.Contains(member.Name, StringComparer.Ordinal))
                faults.Add(new PolicyFault(member.Where, $"'{member.Name}' is not known here; these are: {string.Join(", ", names)}"));
        }
    }

    public IEnumerable<FaultyNode> Members()
    {
        if (Node.Exists && !Node.IsObject)
            Refused("this must be an object");
        return Node.IsObject ? Node.Children.ToList().Select(n => new FaultyNode(n, faults)) : [];
    }

    public IEnumerable<FaultyNode> Elements()
    {
        if (Node.Exists && !Node.IsArray)
            Refused("this must be a list");
        return Node.IsArray ? Node.Children.ToList().Select(n => new FaultyNode(n, faults)) : [];
    }

    public string? Text()
    {
        if (Node.Exists && Node.Scalar is null)
            Refused("this must be text");
        return Node.Exists ? Node.Scalar : null;
    }

    public ImmutableArray<string> Texts() => [.. Elements().Select(e => e.Text()).OfType<string>()];

    public string? OneOf(IEnumerable<string> words)
    {
        if (Text() is not { } word)
            return null;
        if (!words.Contains(word, StringComparer.Ordinal))
            Refused($"'{word}' is not known; these are: {string.Join(", ", words)}");
        return word;
    }

    public int? Days()
    {
        if (Text() is not { } text)
            return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days <= MostDays)
            return days;
        Refused($"this must be a number of days, 0 to {MostDays}");
        return null;
    }

    public DateOnly? Date()
    {
        if (Text() is not { } text)
            return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day;
        Refused($"'{text}' is no date; write it as 2027-01-31");
        return null;
    }
}
