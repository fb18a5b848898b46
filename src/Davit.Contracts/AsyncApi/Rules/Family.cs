using System.Collections.Immutable;
using Davit.Contracts.Findings;

namespace Davit.Contracts.AsyncApi.Rules;

/// <summary>The three ids under which one kind of element comes, goes and changes, each with the worst level it can have.</summary>
internal sealed class Family(string name, string subject, Severity added, Severity removed, Severity changed)
{
    /// <summary>Such as <c>server-protocol</c>.</summary>
    public string Name { get; } = name;

    public RuleSpec Added { get; } = new($"aas-{name}-added", added, Side.Neither, $"{subject} is new.");

    public RuleSpec Removed { get; } = new($"aas-{name}-removed", removed, Side.Neither, $"{subject} is gone.");

    public RuleSpec Changed { get; } = new($"aas-{name}-changed", changed, Side.Neither, $"{subject} changed.");

    public ImmutableArray<RuleSpec> Specs => [Added, Removed, Changed];
}
