namespace Davit.Cli.Shell;

/// <summary>What scripts may rely on. Never renumber.</summary>
internal enum ExitCode
{
    Done = 0,

    /// <summary>What was asked did not happen.</summary>
    Problem = 1,

    /// <summary>The command line itself is wrong.</summary>
    Usage = 2,

    PartlyDone = 10,

    /// <summary>Nothing changed; the same command may succeed later.</summary>
    TryAgain = 75,

    /// <summary>The wait ended first; the work goes on.</summary>
    StillRunning = 76,

    ContractBroken = 100,
    Bug = 120,

    /// <summary>A remote command that never started.</summary>
    NotStarted = 125,
    Interrupted = 130,
}
