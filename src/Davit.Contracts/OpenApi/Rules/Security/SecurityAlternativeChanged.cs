using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Security;

/// <summary>Callers that passed before may fail, or others may pass.</summary>
internal sealed class SecurityAlternativeChanged : IRule<AlternativePair>
{
    private static readonly RuleSpec Required = Oas.Own("security-required", Severity.Breaking, Side.Neither, "Callers must prove who they are, and needed not before.");

    private static readonly RuleSpec MutualTls = Oas.Own("mutual-tls-required", Severity.Breaking, Side.Neither, "Callers must have a certificate of their own, and needed none before.");

    private static readonly RuleSpec Tightened = Oas.Own("security-tightened", Severity.Breaking, Side.Neither, "Callers must prove more than before.");

    private static readonly RuleSpec Removed = Oas.Own("security-alternative-removed", Severity.Breaking, Side.Neither, "A way to prove who one is was withdrawn.");

    private static readonly RuleSpec Added = Oas.Own("security-alternative-added", Severity.Note, Side.Neither, "There is another way to prove who one is.");

    private static readonly RuleSpec Loosened = Oas.Own("security-loosened", Severity.Warning, Side.Neither, "Callers need prove less than before.");

    private static readonly RuleSpec ScopeRequired = Oas.Own("security-scope-now-required", Severity.Breaking, Side.Neither, "Callers need a scope that they did not need before.");

    private static readonly RuleSpec ScopeFreed = Oas.Own("security-scope-no-longer-required", Severity.Note, Side.Neither, "Callers do not need a scope any more.");

    /// <summary>What other checkers tell of schemes by their names is told here by what callers can do.</summary>
    public static RuleSpec Meaning => Tightened;

    public static ImmutableArray<RuleSpec> Specs { get; } = [Required, MutualTls, Tightened, Removed, Added, Loosened, ScopeRequired, ScopeFreed];

    public static Verdict? Judge(AlternativePair pair) => pair.Change switch
    {
        AlternativeChange.Required => Required.Says($"callers must prove who they are now: {pair.Told}"),
        AlternativeChange.MutualTls => MutualTls.Says($"callers must have a certificate now: {pair.Told}"),
        AlternativeChange.Tightened => Tightened.Says($"{pair.Told} is not enough any more"),
        AlternativeChange.Removed => Removed.Says($"{pair.Told} is not accepted any more"),
        AlternativeChange.Added => Added.Says($"{pair.Told} is accepted now"),
        AlternativeChange.Loosened => Loosened.Says($"{pair.Told} is enough now"),
        AlternativeChange.ScopeRequired => ScopeRequired.Says($"{pair.Told} needs more scopes now"),
        AlternativeChange.ScopeFreed => ScopeFreed.Says($"{pair.Told} needs fewer scopes now"),
        _ => null,
    };
}
