using Davit.Testing;

namespace Davit.Architecture.Tests;

/// <summary>Numbers that keep the code readable. Raising one is an ADR, not a commit.</summary>
public sealed class BudgetTests
{
    private const int LinesPerFile = 300;

    [Fact]
    public void No_source_file_is_longer_than_a_sitting() => Directory
        .EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
        .Where(f => File.ReadLines(f).Count() > LinesPerFile)
        .ShouldBeEmpty();
}
