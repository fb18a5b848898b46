namespace Davit.Store.Leases;

/// <summary>A right to act that ends by itself: when it is not renewed in time, or with the database session of its holder.</summary>
/// <param name="Holder">Which process, for people: host and process id.</param>
/// <param name="Fence">Larger than that of every lease taken before. Whoever shows a smaller one than the newest is refused.</param>
/// <param name="Takings">How often it was taken without having been given back, this time included.</param>
public sealed record Lease(string Name, string Holder, long Fence, int Takings)
{
    /// <summary>Of the one replica that decides and applies.</summary>
    public const string Leader = "leader";

    /// <summary>Without renewal it ends after this time.</summary>
    public static TimeSpan Lifetime { get; } = TimeSpan.FromSeconds(15);

    public static TimeSpan RenewedEvery { get; } = TimeSpan.FromSeconds(5);
}

/// <summary>A lease as others see it.</summary>
public sealed record LeaseRow(string Name, string Holder, long Fence, int Takings, DateTimeOffset TakenAt, DateTimeOffset ExpiresAt, bool IsHeld);
