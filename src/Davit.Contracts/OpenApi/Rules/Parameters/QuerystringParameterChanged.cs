using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Parameters;

/// <summary>It is the query as a whole.</summary>
internal sealed class QuerystringParameterChanged : IRule<ParameterPair>
{
    private static readonly RuleSpec Required = Oas.Own("querystring-parameter-added-required", Severity.Breaking, Side.Request, "The query as a whole must be sent in a form now.");

    private static readonly RuleSpec Optional = Oas.Own("querystring-parameter-added-optional", Severity.Note, Side.Request, "The query as a whole may be sent in a form now.");

    private static readonly RuleSpec Removed = Oas.Own("querystring-parameter-removed", Severity.Warning, Side.Request, "The query as a whole is not read any more.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Required, Optional, Removed];

    public static Verdict? Judge(ParameterPair pair) => Spec(pair) is not { } spec ? null
        : spec == Required ? Required.Says("the query must be sent in a form now")
        : spec == Optional ? Optional.Says("the query may be sent in a form now")
        : Removed.Says("the query as a whole is not read any more");

    /// <summary>Null for parameters of other places.</summary>
    internal static RuleSpec? Spec(ParameterPair pair) => pair.IsKept || pair.Parameter.In is not "querystring" ? null : pair.New is not { } added ? Removed : added.IsRequired ? Required : Optional;
}
