using Davit.Contracts.Findings;

namespace Davit.Contracts.GraphQl.Rules;

/// <summary>Makes the specs of rules.</summary>
internal static class Gql
{
    /// <summary>graphql-inspector has the same rule; our id is its name in kebab-case.</summary>
    public static RuleSpec Known(string alias, Severity severity, Side side, string purpose) =>
        new("gql-" + alias.ToLowerInvariant().Replace('_', '-'), severity, side, purpose, new RuleAlias("graphql-inspector", alias, severity));

    public static RuleSpec Own(string id, Severity severity, Side side, string purpose) => new("gql-" + id, severity, side, purpose);
}
