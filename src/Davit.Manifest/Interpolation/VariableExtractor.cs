using Davit.Manifest.Yaml;

namespace Davit.Manifest.Interpolation;

/// <summary>One variable that a manifest mentions, with what its expressions say about it.</summary>
internal sealed record MentionedVariable(string Name)
{
    public string DefaultValue { get; init; } = "";

    public string PresenceValue { get; init; } = "";

    public bool IsRequired { get; init; }

    /// <summary>Joins two mentions: required wins, the first default and presence value stay.</summary>
    public MentionedVariable And(MentionedVariable other) => this with
    {
        IsRequired = IsRequired || other.IsRequired,
        DefaultValue = DefaultValue.Length > 0 ? DefaultValue : other.DefaultValue,
        PresenceValue = PresenceValue.Length > 0 ? PresenceValue : other.PresenceValue,
    };
}

/// <summary>Lists the variables of a tree without filling anything in.</summary>
internal sealed class VariableExtractor
{
    private const int MaxDepth = 50;
    private readonly SortedDictionary<string, MentionedVariable> _found = new(StringComparer.Ordinal);

    public static IReadOnlyDictionary<string, MentionedVariable> Of(Node tree)
    {
        var extractor = new VariableExtractor();
        extractor.Walk(tree);
        return extractor._found;
    }

    private void Walk(Node node)
    {
        switch (node)
        {
            case MapNode map:
                foreach (var (_, value) in map.Entries)
                    Walk(value);
                break;
            case ListNode list:
                foreach (var item in list.Items)
                    Walk(item);
                break;
            case ScalarNode { Kind: ScalarKind.Text } scalar:
                Text(scalar.Text, 0);
                break;
        }
    }

    private void Text(string text, int depth)
    {
        for (var at = text.IndexOf('$', StringComparison.Ordinal); at >= 0 && at + 1 < text.Length && depth <= MaxDepth; at = at < text.Length ? text.IndexOf('$', at) : -1)
            at = text[at + 1] is '$' ? at + 2 : Expression(text, at, depth);
    }

    private int Expression(string text, int dollar, int depth)
    {
        var isBraced = text[dollar + 1] is '{';
        var start = dollar + (isBraced ? 2 : 1);
        var end = Template.NameEnd(text, start);
        if (end == start)
            return dollar + 1;
        var name = text[start..end];
        if (!isBraced || end >= text.Length || text[end] is '}')
        {
            Add(new MentionedVariable(name));
            return end;
        }

        var operatorEnd = end + (text[end] is ':' ? 2 : 1);
        var close = operatorEnd <= text.Length && text[operatorEnd - 1] is '-' or '+' or '?' ? TemplateBraces.Close(text, dollar, operatorEnd) : -1;
        if (close < 0)
            return end;
        Operand(name, text[operatorEnd - 1], text[operatorEnd..close], depth);
        return close + 1;
    }

    private void Operand(string name, char op, string operand, int depth)
    {
        Add(new MentionedVariable(name)
        {
            IsRequired = op is '?',
            DefaultValue = op is '-' ? operand : "",
            PresenceValue = op is '+' ? operand : "",
        });
        Text(operand, depth + 1);
    }

    private void Add(MentionedVariable variable) =>
        _found[variable.Name] = _found.TryGetValue(variable.Name, out var known) ? known.And(variable) : variable;
}
