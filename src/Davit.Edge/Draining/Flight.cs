namespace Davit.Edge.Draining;

internal enum FlightKind
{
    /// <summary>A connection in the pool; nothing waits for it.</summary>
    Idle,
    Request,

    /// <summary>Event stream, gRPC stream or raw connection.</summary>
    Stream,
    WebSocket,
}

/// <summary>One use of a connection to a target, as the drain sees it.</summary>
internal abstract class Flight
{
    private volatile FlightKind _kind;

    public FlightKind Kind
    {
        get => _kind;
        set => _kind = value;
    }

    /// <summary>Tells the peers that the target goes away; they are expected to end it themselves.</summary>
    public virtual void TellGoingAway()
    {
    }

    /// <summary>Ends it now. Safe to call at any time and more than once; true when it was this call that ended it.</summary>
    public abstract bool Cut();
}
