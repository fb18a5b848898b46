namespace Davit.Edge.Control;

/// <summary>Lies on connections that came over the control socket; a request from the network never carries it.</summary>
internal sealed class ControlMark
{
    public static ControlMark Instance { get; } = new();
}
