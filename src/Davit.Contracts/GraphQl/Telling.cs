using System.Collections.Frozen;
using Davit.Contracts.Findings;
using Davit.Contracts.GraphQl.Model;
using Davit.Contracts.GraphQl.Rules;
using Davit.Contracts.GraphQl.Rules.Lifecycles;

namespace Davit.Contracts.GraphQl;

/// <summary>What the options make of findings that a profile has judged.</summary>
internal static class Telling
{
    private const string Description = "-description-";
    private const string DirectiveUse = "gql-directive-usage-";

    /// <summary>Facts that stand for everything below them.</summary>
    private static readonly FrozenSet<string> Groups = GraphQlRules.All.Select(r => r.Id).Where(IsGroup).ToFrozenSet(StringComparer.Ordinal);

    public static IEnumerable<Finding> Apply(GraphQlOptions options, IEnumerable<Finding> findings, Schema old)
    {
        if (options.IgnoreDescriptions)
            findings = findings.Where(f => !f.Rule.Id.Contains(Description, StringComparison.Ordinal));
        if (options.IgnoreDirectiveUses)
            findings = findings.Where(f => !f.Rule.Id.StartsWith(DirectiveUse, StringComparison.Ordinal));
        if (options.Simplify)
            findings = Simplified(findings);
        if (options.DeprecatedRemovalIsSafe)
            findings = findings.Select(f => f.Severity is Severity.Breaking && IsAnnounced(f) ? f with { Severity = Severity.Warning } : f);
        if (options.SafeWhenUnreachable)
            findings = findings.Select(f => f.Severity is Severity.Breaking && IsUnreachable(f, old) ? f with { Severity = Severity.Note } : f);
        if (options.DangerousIsBreaking)
            findings = findings.Select(f => f.Severity is Severity.Warning ? f with { Severity = Severity.Breaking } : f);
        return findings;
    }

    /// <summary>A walk comes by parents before their children, so the first finding of a path is the one that stands for the others.</summary>
    private static IEnumerable<Finding> Simplified(IEnumerable<Finding> findings)
    {
        var told = new HashSet<string>(StringComparer.Ordinal);
        foreach (var finding in findings)
        {
            var isTold = finding.Path is not "" && (told.Contains(finding.Path) || told.Contains(Parent(finding.Path)));
            if (Groups.Contains(finding.Rule.Id))
                told.Add(finding.Path);
            if (!isTold)
                yield return finding;
        }
    }

    private static bool IsGroup(string id) =>
        id is "gql-type-added" or "gql-directive-added" or "gql-field-added" or "gql-field-argument-added" or "gql-input-field-added" or "gql-enum-value-added"
            or "gql-field-deprecation-added" or "gql-field-deprecation-removed" or "gql-field-deprecation-reason-added" or "gql-field-deprecation-reason-changed"
            or "gql-enum-value-deprecation-reason-added" or "gql-enum-value-deprecation-reason-changed"
        || (id.StartsWith(DirectiveUse, StringComparison.Ordinal) && id.EndsWith("-added", StringComparison.Ordinal));

    private static string Parent(string path) => path.LastIndexOf('.') is > 0 and var dot ? path[..dot] : path;

    private static bool IsAnnounced(Finding finding) => finding.Rule.Id is "gql-type-removed" || (finding.ClaimedBy is { } claimant && DeprecatedRemoved.Specs.Contains(claimant));

    private static bool IsUnreachable(Finding finding, Schema old)
    {
        var type = finding.Path.Split('.')[0];
        return old.Types.ContainsKey(type) && !old.Reachable.Contains(type);
    }
}
