using System.Reflection;
using Davit.Testing;

namespace Davit.Architecture.Tests;

/// <summary>Numbers that keep the code readable. Raising one is an ADR, not a commit.</summary>
public sealed class BudgetTests
{
    private const int LinesPerFile = 300;
    private const int ConstructorParameters = 6;

    [Fact]
    public void No_source_file_is_longer_than_a_sitting() => Directory
        .EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
        .Where(f => File.ReadLines(f).Count() > LinesPerFile)
        .ShouldBeEmpty();

    /// <summary>Records that only carry values are exempt; what does something must not depend on a crowd.</summary>
    [Theory]
    [InlineData("davitd")]
    [InlineData("davit")]
    [InlineData("davit-edge")]
    [InlineData("Davit.Store")]
    [InlineData("Davit.Drivers.Docker")]
    [InlineData("Davit.Manifest")]
    [InlineData("Davit.Planning")]
    public void No_constructor_asks_for_a_crowd(string assembly) => Assembly.Load(assembly).GetTypes()
        .Where(t => t.Namespace is not null && !t.IsNested && t is { IsValueType: false, IsInterface: false } && !typeof(IEquatable<>).MakeGenericType(t).IsAssignableFrom(t))
        .SelectMany(t => t.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
        .Where(c => c.GetParameters().Length > ConstructorParameters)
        .Select(c => c.DeclaringType!.FullName)
        .ShouldBeEmpty();
}
