using System.Collections.Immutable;
using Davit.Planning.Canaries;

namespace Davit.Planning.Rollouts;

/// <summary>What has happened once in a deployment and must not be derived from looking: commands that ran, the first switch.</summary>
public sealed record Facts
{
    public static Facts None { get; } = new();

    /// <summary>Release commands by name.</summary>
    public ImmutableSortedDictionary<string, CommandFact> Commands { get; init; } = ImmutableSortedDictionary<string, CommandFact>.Empty;

    /// <summary>Since when every new instance has been ready and the edge is asked to switch.</summary>
    public DateTimeOffset? ReadyAt { get; init; }

    /// <summary>The instant from which new requests met the new release: all of them, or a canary's first share.</summary>
    public DateTimeOffset? SwitchedAt { get; init; }

    /// <summary>The instant from which all of them did, where the first switch was only a share.</summary>
    public DateTimeOffset? TookOverAt { get; init; }

    /// <summary>How far the canary is; null before its first step is served, and for everything that is none.</summary>
    public CanaryFact? Canary { get; init; }

    /// <summary>The environment served exactly this when the deployment was made, so there is nothing to do but say so.</summary>
    public bool IsUnchanged { get; init; }

    public Facts With(string command, CommandFact fact) => this with { Commands = Commands.SetItem(command, fact) };
}

/// <summary>A command is written down before it begins; one without an end after a crash has an unknown outcome.</summary>
/// <param name="Run">The id of the one-off run.</param>
public sealed record CommandFact(string Run, DateTimeOffset StartedAt, DateTimeOffset? EndedAt = null, int? ExitCode = null, bool TimedOut = false)
{
    public bool Succeeded => ExitCode is 0;
}
