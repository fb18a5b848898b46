using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Parameters;

/// <summary>Nothing of it is on the wire.</summary>
internal sealed class PathParameterRenamed : IRule<ParameterPair>
{
    private static readonly RuleSpec Spec = Oas.Own("path-parameter-renamed", Severity.Note, Side.Request, "A variable of a path has another name.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(ParameterPair pair) => pair is { Old: { In: "path" } old, New: { In: "path" } now } && old.Name != now.Name ? Spec.Says($"the variable '{old.Name}' is called '{now.Name}' now") : null;
}
