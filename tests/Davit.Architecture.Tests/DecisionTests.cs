using Davit.Testing;

namespace Davit.Architecture.Tests;

/// <summary>Decisions are numbered without gaps and each says what holds it.</summary>
public sealed class DecisionTests
{
    private static readonly string[] Parts = ["## Context", "## Decision", "## Consequences", "## Checked by", "## Status"];

    private static IReadOnlyList<string> Pages { get; } = [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs/adr"), "*.md").Order(StringComparer.Ordinal)];

    [Fact]
    public void Numbers_have_no_gap_and_stand_in_name_and_title() => Pages
        .Select((page, n) => (Page: Path.GetFileName(page), Number: $"{n + 1:D4}", Title: File.ReadLines(page).First()))
        .Where(p => !p.Page.StartsWith(p.Number + "-", StringComparison.Ordinal) || !p.Title.StartsWith($"# ADR {p.Number}: ", StringComparison.Ordinal))
        .Select(p => p.Page)
        .ShouldBeEmpty();

    [Fact]
    public void Every_decision_says_why_what_follows_and_what_checks_it() => Pages
        .SelectMany(page => Parts.Except(File.ReadLines(page), StringComparer.Ordinal).Select(missing => $"{Path.GetFileName(page)} lacks {missing}"))
        .ShouldBeEmpty();
}
