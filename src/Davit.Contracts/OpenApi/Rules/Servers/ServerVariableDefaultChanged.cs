using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Servers;

/// <summary>Callers that choose nothing reach another place.</summary>
internal sealed class ServerVariableDefaultChanged : IRule<NamePair>
{
    private static readonly RuleSpec Spec = Oas.Own("server-variable-default-changed", Severity.Warning, Side.Neither, "A variable of the address of a server has another default.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(NamePair pair) => pair is { List: "serverVariables", IsAdded: false, IsRemoved: false } && pair.Old["default"].Scalar != pair.New["default"].Scalar
        ? Spec.Says($"the default of the variable '{pair.Name}' is {pair.New["default"].Scalar} now, not {pair.Old["default"].Scalar}").At(pair.Old["default"], pair.New["default"]) : null;
}
