using Davit.Planning.Instances;

namespace Davit.Drivers.Compliance;

/// <summary>What an instance of the suite does. Each bed knows how to make its runtime do it. Closed.</summary>
public abstract record Workload
{
    private Workload()
    {
    }

    /// <summary>Runs until it is stopped, and stops at once when told to.</summary>
    public sealed record Idles : Workload
    {
        /// <summary>What a health check, if the spec has one, finds.</summary>
        public bool IsHealthy { get; init; } = true;
    }

    /// <summary>Prints lines and ends, or goes on when there is no exit code.</summary>
    public sealed record Prints(EquatableList<string> Lines, int? ExitCode = 0) : Workload
    {
        public OutputChannel Channel { get; init; }
    }

    /// <summary>Takes more memory than it may have.</summary>
    public sealed record Overeats : Workload;

    /// <summary>A shell script; only where processes are real.</summary>
    public sealed record Script(string Text) : Workload;
}
