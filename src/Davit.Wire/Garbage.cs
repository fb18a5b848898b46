namespace Davit.Wire;

/// <summary>What Davit can let go.</summary>
/// <param name="Going">What would go, or went.</param>
/// <param name="Kept">What of ours stays, and by which rule. Foreign things are in neither list.</param>
public sealed record GarbageView(IReadOnlyList<ThingAtRestView> Going, IReadOnlyList<ThingAtRestView> Kept);

/// <param name="Kind">Such as <c>image</c>, <c>tree</c> or <c>instance-log</c>.</param>
/// <param name="Bytes">At most: layers and files that others share stay.</param>
public sealed record ThingAtRestView(string Kind, string Name, string Why, long Bytes);

public sealed record PinRequest(string Reason = "");
