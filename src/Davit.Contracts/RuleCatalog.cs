using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.Formats;
using Davit.Contracts.Rules;

namespace Davit.Contracts;

/// <summary>Every rule of every format.</summary>
public static class RuleCatalog
{
    /// <summary>By id.</summary>
    public static ImmutableArray<RuleSpec> All { get; } = [.. ContractFormats.All.SelectMany(f => f.Rules).Concat(EngineRules.All).OrderBy(r => r.Id, StringComparer.Ordinal)];

    /// <summary>What the formats are called.</summary>
    public static ImmutableArray<string> Formats { get; } = [.. ContractFormats.All.Select(f => f.Name)];

    /// <summary>Null when no rule has the id, and none the alias.</summary>
    /// <param name="id">An id of ours, or <c>checker:id</c> of another checker.</param>
    public static RuleSpec? Find(string id) => All.FirstOrDefault(r => r.Id == id || (r.Alias is { } alias && $"{alias.Checker}:{alias.Id}" == id));
}
