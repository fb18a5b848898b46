using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Model;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Lifecycles;

internal static class Stability
{
    /// <summary>Only what left a level that is judged is told.</summary>
    public static Verdict? Judge(Lifecycle old, Lifecycle now, Settings settings, RuleSpec decreased, RuleSpec increased, string what)
    {
        if (old.Rank is not { } before || now.Rank is not { } after || before == after || before < settings.LeastStability)
            return null;
        return after < before
            ? decreased.Says($"{what} went from {Word(before)} to {Word(after)}")
            : increased.Says($"{what} went from {Word(before)} to {Word(after)}");
    }

    private static string Word(int rank) => rank switch { 0 => "draft", 1 => "alpha", 2 => "beta", _ => "stable" };
}
