namespace Davit.Planning.Garbage;

/// <summary>What an environment keeps of its past.</summary>
/// <param name="Releases">Successful releases, the serving one included.</param>
/// <param name="LogAge">How long the output of an instance is kept after it was removed.</param>
/// <param name="LogBytes">What logs of the past may occupy together; the oldest go first.</param>
public sealed record RetentionPolicy(int Releases, TimeSpan LogAge, long LogBytes)
{
    public static RetentionPolicy Default { get; } = new(5, TimeSpan.FromDays(14), 1L << 30);
}
