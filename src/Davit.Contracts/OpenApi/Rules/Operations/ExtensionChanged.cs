using System.Collections.Immutable;
using Davit.Contracts.Documents;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Operations;

/// <summary>What is no part of the specification means what those who wrote it agreed on.</summary>
internal sealed class ExtensionChanged : IRule<NamePair>
{
    private static readonly RuleSpec Added = Oas.Own("extension-added", Severity.Note, Side.Neither, "An extension was added.");

    private static readonly RuleSpec Changed = Oas.Own("extension-changed", Severity.Note, Side.Neither, "An extension has another value.");

    private static readonly RuleSpec Removed = Oas.Own("extension-removed", Severity.Note, Side.Neither, "An extension is gone.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Added, Changed, Removed];

    public static Verdict? Judge(NamePair pair) => pair is not { List: "extensions" } ? null
        : pair.IsAdded ? Added.Says($"{pair.Name} was added")
        : pair.IsRemoved ? Removed.Says($"{pair.Name} is gone")
        : !NodeEquality.Same(pair.Old, pair.New) ? Changed.Says($"{pair.Name} is another")
        : null;
}
