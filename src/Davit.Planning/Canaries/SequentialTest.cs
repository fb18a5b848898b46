using Davit.Planning.Instances;

namespace Davit.Planning.Canaries;

/// <summary>
/// Asks after each look whether something happens more often on the new side than on the old one, and may be asked as often
/// as wanted: a mixture sequential probability ratio test (Robbins 1970; for counts as in Lindon and Malek, "Anytime-Valid
/// Inference for Multinomial Count Data", 2022).
/// <para>
/// Of all that happened between two looks, the new side has the share p of requests. If both sides are alike, what happened
/// there given the total is hypergeometric, and the likelihood ratio of a binomial with odds r against 1,
/// r^x / (r·p + 1 − p)^n, has an expectation of at most 1, because r^x is convex (Hoeffding 1963, theorem 4). Products of such
/// ratios exceed 1/α with a probability of at most α (Ville 1939), also when the rate itself changes from look to look.
/// </para>
/// </summary>
public static class SequentialTest
{
    /// <summary>How many times as often the new side may do it: small ones find little differences, great ones find gross ones soon.</summary>
    private static readonly double[] Ratios = [1.5, 2, 4, 16];

    public static EquatableList<double> Begin { get; } = [.. Ratios.Select(_ => 0.0)];

    /// <param name="evidence">The logarithms of the ratios so far.</param>
    /// <param name="old">How often it happened on the old side since the last look, and of how many.</param>
    /// <param name="fresh">The same of the new side.</param>
    /// <param name="most">A look adds at most this much, which only makes the test more careful: for what comes in bursts, so that one of them does not decide.</param>
    public static EquatableList<double> Look(
        EquatableList<double> evidence, (long Happened, long Of) old, (long Happened, long Of) fresh, double most = double.PositiveInfinity)
    {
        if (old.Of is 0 || fresh.Of is 0)
            return evidence;

        var share = (double)fresh.Of / (old.Of + fresh.Of);
        return [.. evidence.Zip(Ratios, (e, r) => e + Math.Min(most, (fresh.Happened * Math.Log(r)) - ((old.Happened + fresh.Happened) * Math.Log((r * share) + 1 - share))))];
    }

    /// <param name="alpha">How often at most it may be said although both sides are alike.</param>
    public static bool IsMoreOften(EquatableList<double> evidence, double alpha)
    {
        var most = evidence.Max();
        return most + Math.Log(evidence.Average(e => Math.Exp(e - most))) >= -Math.Log(alpha);
    }
}
