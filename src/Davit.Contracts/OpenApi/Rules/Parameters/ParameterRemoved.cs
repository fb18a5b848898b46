using System.Collections.Immutable;
using System.Globalization;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Parameters;

/// <summary>The provider ignores it, or refuses it.</summary>
internal sealed class ParameterRemoved : IRule<ParameterPair>
{
    private static readonly RuleSpec Removed = Oas.Known("request-parameter-removed", Severity.Warning, Side.Request, "A parameter is gone.");

    private static readonly RuleSpec Deprecated = Oas.Known("request-parameter-removed-with-deprecation", Severity.Note, Side.Request, "A parameter is gone that was deprecated.");

    private static readonly RuleSpec Early = Oas.Known("request-parameter-removed-before-sunset", Severity.Breaking, Side.Request, "A parameter is gone before its end date.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Removed, Deprecated, Early];

    public static Verdict? Judge(ParameterPair pair)
    {
        if (pair is not { New: null, Old.Lifecycle: { } life } || (life.IsDeprecated && life.IsSunsetUnreadable))
            return null;
        if (!life.IsDeprecated)
            return Removed.Says($"{pair.Told} is gone").ClaimedBy(QuerystringParameterChanged.Spec(pair) ?? ParameterMoved.Claimant(pair));
        if (life.Sunset is not { } sunset)
            return Deprecated.Says($"{pair.Told}, which was deprecated, is gone");
        return pair.Of.Of.Settings.Today < sunset ? Early.Says($"{pair.Told} is gone before its end date {sunset.ToString("O", CultureInfo.InvariantCulture)}") : null;
    }
}
