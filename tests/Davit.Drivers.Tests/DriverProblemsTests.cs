using System.Collections.Immutable;
using System.Reflection;
using Davit.Model;
using Davit.Testing;

namespace Davit.Drivers.Tests;

/// <summary>What a person reads, all in one place.</summary>
public sealed class DriverProblemsTests
{
    private static readonly ImmutableArray<Problem> Samples =
    [
        .. typeof(DriverProblems).GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Where(m => m.ReturnType == typeof(Problem))
            .Select(m => (Problem)m.Invoke(null, [.. m.GetParameters().Select(Sample)])!)
            .OrderBy(p => p.Code, StringComparer.Ordinal),
    ];

    [Fact]
    public void Every_code_can_be_made_and_reads_well() => Snapshot.Match(string.Join("\n\n", Samples.Select(p => $"{p.Code} {p.Name}: {p.Title}\n{p.Detail}\nhint: {p.Hint}")));

    [Fact]
    public void Every_code_of_the_area_has_a_factory() =>
        Samples.Select(p => p.Of).Distinct().OrderBy(c => c.Code, StringComparer.Ordinal).ShouldBe(DriverProblems.All.OrderBy(c => c.Code, StringComparer.Ordinal));

    [Fact]
    public void An_endless_answer_is_cut() =>
        DriverProblems.CreateRefused("web-1", new string('x', 100_000)).Detail.Length.ShouldBeLessThan(1000);

    private static object Sample(ParameterInfo parameter) => parameter.ParameterType switch
    {
        var t when t == typeof(int) => 500,
        var t when t == typeof(TimeSpan) => TimeSpan.FromSeconds(90),
        var t when t == typeof(ImmutableArray<string>) => ImmutableArray.Create("docker", "memory"),
        _ => $"<{parameter.Name}>",
    };
}
