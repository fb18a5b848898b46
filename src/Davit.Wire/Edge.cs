namespace Davit.Wire;

/// <summary>The edge as it runs now.</summary>
/// <param name="Version">Of the program.</param>
/// <param name="Process">The id of the process that accepts connections.</param>
/// <param name="TableVersion">Counts up by one with each switch.</param>
public sealed record EdgeView(string Version, int Process, DateTimeOffset StartedAt, long TableVersion, int Environments, int Connections)
{
    public IReadOnlyList<EdgeListenerView> Listeners { get; init; } = [];

    /// <summary>Processes from before an upgrade that finish their connections.</summary>
    public IReadOnlyList<EdgeProcessView> Finishing { get; init; } = [];

    public IReadOnlyList<EdgeNoteView> Notes { get; init; } = [];
}

public sealed record EdgeListenerView(string Kind, string Address, string Problem);

public sealed record EdgeProcessView(int Process, int Connections);

public sealed record EdgeNoteView(DateTimeOffset At, string Kind, string Text);

/// <param name="From">The version before.</param>
/// <param name="To">The version that accepts now.</param>
/// <param name="Connections">What the old process had to finish when it handed over.</param>
public sealed record EdgeUpgradeView(string From, string To, int Process, int Connections);
