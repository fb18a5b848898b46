namespace Davit.Planning.Rollouts;

/// <summary>Wall-clock time that was written down and may have been set back since.</summary>
public static class Moments
{
    /// <summary>By how much the clocks of one installation may differ.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    /// <summary>Whether a moment of the past lies in the future, because the clock was set back.</summary>
    public static bool IsAhead(this DateTimeOffset moment, DateTimeOffset now) => moment - now > Skew;

    /// <summary>Whether a wait is over. One that began in the future would last until then, so it is over too.</summary>
    public static bool HasPassed(this TimeSpan wait, DateTimeOffset since, DateTimeOffset now) => now - since >= wait || since.IsAhead(now);
}
