using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Lint;

/// <summary>One rule about one object of a description, which a walk puts before it.</summary>
internal interface ILintRule
{
    static abstract LintFact Fact { get; }

    /// <returns>Nothing when the object is fine.</returns>
    static abstract Fault? Judge(Spot spot);
}

/// <summary>A rule about one document as the catalogue lists it.</summary>
internal sealed record LintRule(LintFact Fact, Func<Spot, Fault?> Judge)
{
    public static LintRule Of<TRule>() where TRule : ILintRule => new(TRule.Fact, TRule.Judge);

    public Verdict? Tell(Spot spot) => Judge(spot) is { } fault ? Fact.Spec.Says(fault.Text).At(default, fault.At) : null;
}
