using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Servers;

/// <summary>Callers choose among the values.</summary>
internal sealed class ServerVariableValueChanged : IRule<NamePair>
{
    private static readonly RuleSpec Removed = Oas.Own("server-variable-enum-value-removed", Severity.Breaking, Side.Neither, "A variable of the address of a server cannot have a value any more.");

    private static readonly RuleSpec Added = Oas.Own("server-variable-enum-value-added", Severity.Note, Side.Neither, "A variable of the address of a server may have another value.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Removed, Added];

    public static Verdict? Judge(NamePair pair) => pair is not { List: "serverVariableValues" } ? null
        : pair.IsAdded ? Added.Says($"{pair.Name} may be chosen now")
        : pair.IsRemoved ? Removed.Says($"{pair.Name} cannot be chosen any more")
        : null;
}
