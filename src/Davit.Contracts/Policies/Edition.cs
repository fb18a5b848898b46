using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Reflection;
using Davit.Contracts.Findings;

namespace Davit.Contracts.Policies;

/// <summary>The rules and their levels as they were on a day, so that a newer program finds what the older one found.</summary>
internal sealed class Edition(string name, FrozenDictionary<string, Severity> levels)
{
    private static readonly ImmutableArray<Edition> All = [Embedded("2027.1")];

    /// <summary>The newest last.</summary>
    public static ImmutableArray<string> Names { get; } = [.. All.Select(e => e.Name)];

    public static Edition Newest => All[^1];

    public string Name { get; } = name;

    public static Edition Find(string? name) => name is null ? Newest : All.First(e => e.Name == name);

    /// <summary>The finding at the level of the edition; nothing when the edition has no such rule.</summary>
    public Finding? Judge(Finding finding)
    {
        if (!levels.TryGetValue(finding.Rule.Id, out var level))
            return null;
        return finding.Severity == finding.Rule.Severity && level != finding.Rule.Severity ? finding with { Severity = level } : finding;
    }

    /// <summary>One rule a line: its id, a space, its level.</summary>
    public static Edition Parse(string name, string text) =>
        new(name, text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split(' ')).ToFrozenDictionary(l => l[0], l => Enum.Parse<Severity>(l[1]), StringComparer.Ordinal));

    private static Edition Embedded(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Davit.Contracts.Editions.{name}.txt")!;
        using var text = new StreamReader(stream);
        return Parse(name, text.ReadToEnd().ReplaceLineEndings("\n"));
    }
}
