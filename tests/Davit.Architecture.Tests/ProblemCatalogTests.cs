using System.Text.RegularExpressions;
using Davit.Model;
using Davit.Testing;

namespace Davit.Architecture.Tests;

public sealed partial class ProblemCatalogTests
{
    [Fact]
    public void Codes_and_names_are_unique_and_well_formed()
    {
        ProblemCatalog.All.Select(p => p.Code).ShouldBeUnique();
        ProblemCatalog.All.Select(p => p.Name).ShouldBeUnique();
        ProblemCatalog.All.ShouldAllBe(p => CodeForm().IsMatch(p.Code) && NameForm().IsMatch(p.Name) && p.Status >= 400 && p.Status < 600);
    }

    [Fact]
    public void Every_code_has_a_page_that_says_what_to_do() => ProblemCatalog.All
        .Where(p => !File.Exists(Page(p.Code)) || !File.ReadAllText(Page(p.Code)).StartsWith($"# {p.Code} {p.Name}\n", StringComparison.Ordinal)
            || !File.ReadAllText(Page(p.Code)).Contains("**What to do.**", StringComparison.Ordinal))
        .Select(p => $"{p.Code} {p.Name}")
        .ShouldBeEmpty("docs/errors/<code>.md starts with '# <code> <name>' and has a paragraph '**What to do.**'");

    [Fact]
    public void Every_page_belongs_to_a_code() => Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs/errors"), "DV*.md")
        .Select(f => Path.GetFileNameWithoutExtension(f))
        .Except(ProblemCatalog.All.Select(p => p.Code))
        .ShouldBeEmpty();

    private static string Page(string code) => Path.Combine(Repository.Root, "docs/errors", code + ".md");

    [GeneratedRegex("^DV[1-9][0-9]{3}$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex CodeForm();

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex NameForm();
}
