using Davit.Contracts.Findings;

namespace Davit.Contracts.OpenApi.Lint.Rules.Practice;

internal sealed class PropertyCaseMixed : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Own("property-case-mixed", Severity.Note, "Some properties of a schema are written with underscores and others with capitals.", "Keep to one spelling for what is added.", Part.Schema);

    public static Fault? Judge(Spot spot) => spot["properties"] is { IsObject: true } properties && properties.Children.ToList() is { Count: > 1 } all && all.Find(p => IsSnake(p.Name!)) is { Exists: true } snake && all.Find(p => IsCamel(p.Name!)) is { Exists: true } camel
        ? camel.Is($"'{camel.Name}' and '{snake.Name}' are spelt differently") : null;

    private static bool IsSnake(string name) => name.IndexOf('_', StringComparison.Ordinal) > 0 && !name.Any(char.IsAsciiLetterUpper);

    private static bool IsCamel(string name) => name is [>= 'a' and <= 'z', ..] && name.Any(char.IsAsciiLetterUpper) && !name.Contains('_', StringComparison.Ordinal);
}
