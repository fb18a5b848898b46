using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.GraphQl.Rules;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Tests.GraphQl;

public sealed class GraphQlCatalogTests
{
    private static readonly string[] Spots = ["SCHEMA", "SCALAR", "OBJECT", "INTERFACE", "UNION_MEMBER", "ENUM", "ENUM_VALUE", "INPUT_OBJECT", "INPUT_FIELD_DEFINITION", "FIELD", "FIELD_DEFINITION", "ARGUMENT_DEFINITION"];

    private static readonly string[] Breaking =
    [
        "SCHEMA_QUERY_TYPE_CHANGED", "SCHEMA_MUTATION_TYPE_CHANGED", "SCHEMA_SUBSCRIPTION_TYPE_CHANGED",
        "TYPE_REMOVED", "TYPE_KIND_CHANGED",
        "FIELD_REMOVED", "FIELD_TYPE_CHANGED", "FIELD_ARGUMENT_REMOVED", "FIELD_ARGUMENT_TYPE_CHANGED",
        "INPUT_FIELD_REMOVED", "INPUT_FIELD_TYPE_CHANGED", "ENUM_VALUE_REMOVED", "UNION_MEMBER_REMOVED", "OBJECT_TYPE_INTERFACE_REMOVED",
        "DIRECTIVE_REMOVED", "DIRECTIVE_LOCATION_REMOVED", "DIRECTIVE_ARGUMENT_REMOVED", "DIRECTIVE_ARGUMENT_TYPE_CHANGED",
    ];

    private static readonly string[] Dangerous =
    [
        "FIELD_ARGUMENT_ADDED", "FIELD_ARGUMENT_DEFAULT_CHANGED", "INPUT_FIELD_DEFAULT_VALUE_CHANGED", "ENUM_VALUE_ADDED", "UNION_MEMBER_ADDED", "OBJECT_TYPE_INTERFACE_ADDED",
        "DIRECTIVE_REPEATABLE_REMOVED", "DIRECTIVE_ARGUMENT_DEFAULT_VALUE_CHANGED", "DIRECTIVE_USAGE_ARGUMENT_REMOVED",
        .. Spots.Select(s => $"DIRECTIVE_USAGE_{s}_ADDED"), .. Spots.Select(s => $"DIRECTIVE_USAGE_{s}_REMOVED"),
    ];

    private static readonly string[] Harmless =
    [
        "TYPE_ADDED", "TYPE_DESCRIPTION_ADDED", "TYPE_DESCRIPTION_CHANGED", "TYPE_DESCRIPTION_REMOVED",
        "FIELD_ADDED", "FIELD_DESCRIPTION_ADDED", "FIELD_DESCRIPTION_CHANGED", "FIELD_DESCRIPTION_REMOVED",
        "FIELD_DEPRECATION_ADDED", "FIELD_DEPRECATION_REMOVED", "FIELD_DEPRECATION_REASON_ADDED", "FIELD_DEPRECATION_REASON_CHANGED", "FIELD_DEPRECATION_REASON_REMOVED",
        "FIELD_ARGUMENT_DESCRIPTION_CHANGED",
        "INPUT_FIELD_ADDED", "INPUT_FIELD_DESCRIPTION_ADDED", "INPUT_FIELD_DESCRIPTION_CHANGED", "INPUT_FIELD_DESCRIPTION_REMOVED",
        "ENUM_VALUE_DESCRIPTION_CHANGED", "ENUM_VALUE_DEPRECATION_REASON_ADDED", "ENUM_VALUE_DEPRECATION_REASON_CHANGED", "ENUM_VALUE_DEPRECATION_REASON_REMOVED",
        "DIRECTIVE_ADDED", "DIRECTIVE_LOCATION_ADDED", "DIRECTIVE_REPEATABLE_ADDED", "DIRECTIVE_DESCRIPTION_CHANGED", "DIRECTIVE_ARGUMENT_DESCRIPTION_CHANGED", "DIRECTIVE_ARGUMENT_ADDED",
        "DIRECTIVE_USAGE_ARGUMENT_ADDED",
    ];

    [Fact]
    public void Every_rule_in_the_assembly_is_listed_exactly_once()
    {
        var written = typeof(GraphQlRules).Assembly.GetTypes().Where(t => t.Namespace?.StartsWith("Davit.Contracts.GraphQl.Rules", StringComparison.Ordinal) is true).SelectMany(Specs);

        GraphQlRules.All.Select(r => r.Id).Order(StringComparer.Ordinal).ShouldBe(written.Select(r => r.Id).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Ids_are_unique_and_every_rule_explains_itself()
    {
        GraphQlRules.All.Select(r => r.Id).ShouldBeUnique();
        foreach (var rule in GraphQlRules.All)
        {
            rule.Id.ShouldMatch("^gql-[a-z0-9]+(-[a-z0-9]+)+$");
            rule.Purpose.ShouldEndWith(".");
        }
    }

    [Fact]
    public void Aliases_have_the_levels_of_the_checker_and_none_is_missing()
    {
        var known = Breaking.Select(a => (a, Severity.Breaking)).Concat(Dangerous.Select(a => (a, Severity.Warning))).Concat(Harmless.Select(a => (a, Severity.Note))).ToList();

        known.Count.ShouldBe(80);
        GraphQlRules.All.Select(r => r.Alias).OfType<RuleAlias>().Select(a => (a.Id, a.Level)).Order().ShouldBe(known.Order());
    }

    [Fact]
    public void The_own_id_of_a_known_rule_follows_from_its_alias()
    {
        foreach (var rule in GraphQlRules.All.Where(r => r.Alias is not null))
            rule.Id.ShouldBe("gql-" + rule.Alias!.Id.ToLowerInvariant().Replace('_', '-'));
    }

    private static IEnumerable<RuleSpec> Specs(Type type) => !type.IsInterface && type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IRule<>))
        ? (ImmutableArray<RuleSpec>)type.GetProperty("Specs")!.GetValue(null)!
        : [];
}
