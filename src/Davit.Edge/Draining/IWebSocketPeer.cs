namespace Davit.Edge.Draining;

/// <summary>The client's side of a WebSocket that can be told to go.</summary>
internal interface IWebSocketPeer
{
    /// <summary>Sends Close 1001 at the next frame boundary. Returns at once and may be called again.</summary>
    void GoAway();
}
