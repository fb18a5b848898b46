using System.Collections.Immutable;
using System.Reflection;
using Davit.Contracts.Findings;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Tests.Rules;

/// <summary>What every catalogue of rules must hold.</summary>
internal static class Catalogs
{
    public static void ShouldBeComplete(IReadOnlyList<RuleSpec> listed, string space, string prefix)
    {
        var written = typeof(RuleSpec).Assembly.GetTypes()
            .Where(t => t.Namespace?.StartsWith(space, StringComparison.Ordinal) is true && t.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IRule<>)))
            .SelectMany(t => (ImmutableArray<RuleSpec>)t.GetProperty("Specs", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!);

        listed.Select(r => r.Id).Order(StringComparer.Ordinal).ShouldBe(written.Select(r => r.Id).Order(StringComparer.Ordinal));
        listed.Select(r => r.Id).ShouldBeUnique();
        foreach (var rule in listed)
        {
            rule.Id.ShouldMatch($"^{prefix}-[a-z0-9]+(-[a-z0-9]+)+$");
            rule.Purpose.ShouldEndWith(".");
        }
    }
}
