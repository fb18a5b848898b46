using System.Collections.Immutable;

namespace Davit.Model;

/// <param name="Used">What is taken now.</param>
/// <param name="Delta">What was asked for on top.</param>
public sealed record QuotaExcess(string Dimension, long Limit, long Used, long Delta)
{
    /// <summary>What the limit would have to be.</summary>
    public string Needed => Format(Used + Delta);

    public override string ToString() => $"{Dimension}: limit {Format(Limit)}, used {Format(Used)}, asked for {Format(Delta)} more";

    private string Format(long value) => Quota.Find(Dimension)?.Format(value) ?? value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>DV73: quotas and rate limits.</summary>
public static class LimitProblems
{
    /// <summary>Tests and the loop tell it apart from other refusals.</summary>
    public const string QuotaCode = "DV7301";

    private static readonly ProblemCode QuotaExceeded = new(QuotaCode, "quota-exceeded", "A quota of the org is used up", 409);
    private static readonly ProblemCode DimensionUnknown = new("DV7302", "quota-dimension-unknown", "There is no such quota", 422);
    private static readonly ProblemCode LimitInvalid = new("DV7303", "limit-invalid", "A limit has a value that it cannot have", 422);
    private static readonly ProblemCode RateLimited = new("DV7310", "rate-limited", "Too many requests", 429, IsRetryable: true);

    public static ImmutableArray<ProblemCode> All { get; } = [QuotaExceeded, DimensionUnknown, LimitInvalid, RateLimited];

    public static Problem Exceeded(IReadOnlyList<QuotaExcess> all) => new(
        QuotaExceeded, $"The org's quota does not allow it ({string.Join("; ", all)}). Nothing was changed.",
        $"Free something, or ask an operator of the installation to raise it: davit quota set {string.Join(' ', all.Select(e => $"{e.Dimension}={e.Needed}"))}");

    public static Problem NoDimension(string name, IEnumerable<string> all) => new(
        DimensionUnknown, $"There is no quota '{(name.Length <= 60 ? name : name[..60] + "…")}'. Nothing was changed.", $"Quotas are: {string.Join(", ", all)}");

    public static Problem BadLimit(string name, string why) => new(LimitInvalid, $"'{name}' {why}. Nothing was changed.", "Give a whole number, or 'unlimited'.");

    public static Problem TooMany(string bucket, long perMinute, int seconds) => new(
        RateLimited, $"The limit '{bucket}' of {perMinute} a minute is used up. Nothing was changed.", $"Repeat it in {seconds} second(s). An owner can see and change limits with: davit limit show");
}
