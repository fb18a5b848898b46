using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Model;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Parameters;

/// <summary>Callers send it where it is not looked for.</summary>
internal sealed class ParameterMoved : IRule<ParameterPair>
{
    private static readonly RuleSpec Spec = Oas.Own("request-parameter-moved", Severity.Breaking, Side.Request, "A parameter has its name in another place.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(ParameterPair pair) => pair is { Old: { } old, New: null } && Partner(pair) is { } moved ? Spec.Says($"'{old.Name}' is in the {moved.In} now, not in the {old.In}").At(old.Node, moved.Node) : null;

    /// <summary>A parameter that came or went because it moved.</summary>
    internal static RuleSpec? Claimant(ParameterPair pair) => Partner(pair) is null ? null : Spec;

    /// <summary>The parameter of the other side that has the name, where neither side has it in both places.</summary>
    private static Parameter? Partner(ParameterPair pair)
    {
        if (pair.IsKept || pair.Parameter.In is "querystring")
            return null;
        var (own, other) = pair.Old is null ? (pair.Of.New!, pair.Of.Old!) : (pair.Of.Old!, pair.Of.New!);
        var partners = other.Parameters.Where(p => p.Name == pair.Parameter.Name && p.In is not "querystring" && p.In != pair.Parameter.In).ToList();
        return partners is [var partner] && own.Parameters.Count(p => p.Name == partner.Name) is 1 ? partner : null;
    }
}
