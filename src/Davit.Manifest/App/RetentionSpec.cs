namespace Davit.Manifest;

/// <summary>What an environment keeps of its past.</summary>
public sealed record RetentionSpec
{
    public static RetentionSpec Default { get; } = new();

    /// <summary>Successful releases that can be rolled back to, the serving one included.</summary>
    public int Releases { get; init; } = 5;

    /// <summary>How long the output of an instance is kept after it was removed.</summary>
    public TimeSpan Logs { get; init; } = TimeSpan.FromDays(14);

    /// <summary>What logs of the past may occupy together.</summary>
    public long LogSize { get; init; } = 1L << 30;
}
