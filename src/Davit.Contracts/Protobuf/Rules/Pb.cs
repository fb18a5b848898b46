using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Protobuf.Rules;

/// <summary>Makes the specs of rules.</summary>
internal static class Pb
{
    /// <summary>buf has the same rule; our id is its name in kebab-case.</summary>
    public static RuleSpec Known(string alias, string purpose, Side side = Side.Neither) =>
        new("pb-" + alias.ToLowerInvariant().Replace('_', '-'), Severity.Breaking, side, purpose, new RuleAlias("buf", alias, Severity.Breaking));

    public static RuleSpec Own(string id, Severity severity, string purpose, Side side = Side.Neither) => new("pb-" + id, severity, side, purpose);

    public static SourceSpot At(params ImmutableArray<int> steps) => new(steps);

    /// <summary>A value with the word in front of it.</summary>
    public static SourceSpot Named(string word, params ImmutableArray<int> steps) => new(steps, Word: word);

    public static SourceSpot InFile(params ImmutableArray<int> steps) => new(steps, IsFromFile: true);
}
