namespace Davit.Drivers.Events;

/// <summary>Something changed.</summary>
/// <param name="Kind">What kind of thing it happened to.</param>
/// <param name="Name">Its name.</param>
/// <param name="Action">The runtime's word, such as <c>die</c>.</param>
/// <param name="At">The runtime's instant.</param>
public sealed record RuntimeEvent(RuntimeEventKind Kind, string Name, string Action, DateTimeOffset At);

public enum RuntimeEventKind
{
    Instance,
    Network,
    Volume,
    Image,
}
