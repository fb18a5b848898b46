using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Servers;

/// <summary>Callers choose values for the variables of an address.</summary>
internal sealed class ServerVariableChanged : IRule<NamePair>
{
    private static readonly RuleSpec Removed = Oas.Own("server-variable-removed", Severity.Breaking, Side.Neither, "A variable of the address of a server is gone.");

    private static readonly RuleSpec Added = Oas.Own("server-variable-added", Severity.Note, Side.Neither, "The address of a server has another variable.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Removed, Added];

    public static Verdict? Judge(NamePair pair) => pair is not { List: "serverVariables" } ? null
        : pair.IsAdded ? Added.Says($"the address has the variable '{pair.Name}' now")
        : pair.IsRemoved ? Removed.Says($"the address has no variable '{pair.Name}' any more")
        : null;
}
