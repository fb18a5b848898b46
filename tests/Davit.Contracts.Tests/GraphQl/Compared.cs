using System.Text;
using Davit.Contracts.Findings;

namespace Davit.Contracts.Tests.GraphQl;

/// <summary>Compares two schemas that stand in a test.</summary>
internal static class Compared
{
    public static readonly DateOnly Today = new(2027, 3, 1);

    public static IReadOnlyList<Finding> Schemas(string old, string @new, string profile = "davit", GraphQlOptions? options = null) => Comparison.Of(
        ContractSource.Of("old.graphql", Encoding.UTF8.GetBytes(old)),
        ContractSource.Of("new.graphql", Encoding.UTF8.GetBytes(@new)),
        new ComparisonOptions(Today) { Profile = profile, GraphQl = options ?? new() }).Findings;

    /// <summary>One line for each finding: level, id and path.</summary>
    public static string Told(IEnumerable<Finding> findings) => string.Join('\n', findings.Select(f => $"{f.Severity} {f.Rule.Id} {f.Path}".TrimEnd()));
}
