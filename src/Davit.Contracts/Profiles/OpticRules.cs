using System.Collections.Immutable;
using System.IO.Enumeration;
using Davit.Contracts.Findings;

namespace Davit.Contracts.Profiles;

/// <summary>A rule of optic with the rules of ours that find the same.</summary>
/// <param name="Element">What a finding must be about; empty where the rules tell.</param>
/// <param name="Rules">Ids without their prefix; a star stands for any characters.</param>
internal sealed record OpticRule(string Name, string Element, params ImmutableArray<string> Rules)
{
    /// <summary>It compares sets of values, so that a set that is only written otherwise is the same.</summary>
    public bool IsAboutValues { get; init; }
}

/// <summary>The rules of optic that break; those about alternatives of schemas are rules of our own with its names.</summary>
internal static class OpticRules
{
    private const string Checker = "optic";

    private static readonly ImmutableArray<string> Optional = ["query", "header", "cookie"];

    private static readonly ImmutableArray<OpticRule> All =
    [
        new("prevent operation removal", "", "api-removed-*", "api-path-removed-*"),
        new("prevent response status code removal", "", "response-success-status-removed", "response-non-success-status-removed"),
        new("prevent removing response property", "", "response-*-property-removed"),
        new("prevent making response property optional", "", "response-property-became-optional", "response-write-only-property-became-optional"),
        new("prevent response property type changes", "", [.. Types("response-body"), .. Types("response-property"), "response-*-became-nullable", "response-*-list-of-types-widened"]),
        new("prevent changing request property to required", "", "request-property-became-required*", "new-required-request-property*"),
        new("prevent request property type changes", "", [.. Types("request-body"), .. Types("request-property"), "request-*-became-not-nullable", "request-*-list-of-types-narrowed"]),
        new("request and response property enums", "", "request-property-enum-value-removed", "request-property-became-enum", "request-property-const-added", "request-property-const-changed", "response-property-enum-value-added", "response-property-enum-dropped", "response-property-const-removed", "response-property-const-changed") { IsAboutValues = true },
        .. Optional.Add("path").Select(place => new OpticRule($"prevent {place} parameters enum breaking changes", $"{place} parameter ", "request-parameter-enum-value-removed", "request-parameter-became-enum", "request-parameter-const-added", "request-parameter-const-changed") { IsAboutValues = true }),
        .. Optional.Add("path").Select(place => new OpticRule($"prevent {place} parameters type changes", $"{place} parameter ", [.. Types("request-parameter"), "request-parameter-became-not-nullable", "request-parameter-list-of-types-narrowed"])),
        .. Optional.Select(place => new OpticRule($"prevent new required {place} parameters", $"{place} parameter ", "new-required-request-*parameter*")),
        .. Optional.Select(place => new OpticRule($"prevent requiring existing {place} parameters", $"{place} parameter ", "request-parameter-became-required")),
    ];

    /// <summary>The rule of a finding under its name in optic; null where optic has no word for it.</summary>
    public static RuleSpec? Named(Finding finding)
    {
        if (finding.Rule.Alias?.Checker is Checker)
            return finding.Rule;
        if (finding.IsInUnion)
            return null;
        var rule = All.FirstOrDefault(r => finding.Element.StartsWith(r.Element, StringComparison.Ordinal) && !(r.IsAboutValues && finding.Proof is Proof.Safe) && r.Rules.Any(pattern => FileSystemName.MatchesSimpleExpression("oas-" + pattern, finding.Rule.Id, ignoreCase: false)));
        return rule is null ? null : finding.Rule with { Alias = new RuleAlias(Checker, rule.Name, Severity.Breaking) };
    }

    private static ImmutableArray<string> Types(string where) => [$"{where}-type-changed", $"{where}-type-generalized", $"{where}-type-specialized"];
}
