using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Operations;

/// <summary>Documents and generated clients are grouped by it.</summary>
internal sealed class TagChanged : IRule<NamePair>
{
    private static readonly RuleSpec Added = Oas.Known("api-tag-added", Severity.Note, Side.Neither, "An operation got a tag.");

    private static readonly RuleSpec Removed = Oas.Known("api-tag-removed", Severity.Note, Side.Neither, "An operation lost a tag.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Added, Removed];

    public static Verdict? Judge(NamePair pair) => pair is not { List: "tags" } ? null
        : pair.IsAdded ? Added.Says($"the tag '{pair.Name}' was added")
        : pair.IsRemoved ? Removed.Says($"the tag '{pair.Name}' was removed")
        : null;
}
