namespace Davit.Model.Access;

/// <summary>One permission. Roles are lists of them.</summary>
/// <param name="Name"><c>resource:action</c>.</param>
/// <param name="Purpose">What it lets one do, as a phrase.</param>
/// <param name="Level">The narrowest scope that it means anything on.</param>
/// <param name="From">The least built-in role that holds it; null when only operators of the installation do.</param>
public sealed record PermissionEntry(string Name, string Purpose, ScopeLevel Level, string? From)
{
    /// <summary>It changes nothing, and holds in protected environments like anywhere.</summary>
    public bool IsRead { get; init; }

    /// <summary>Whoever holds it may harm others; consoles warn before it is granted.</summary>
    public bool IsHighRisk { get; init; }

    /// <summary>
    /// Whoever holds it on something holds it on what that lies in too. Otherwise an environment could be granted, but not
    /// reached: its app could not be named, and no source uploaded for it.
    /// </summary>
    public bool FlowsUp { get; init; }
}
