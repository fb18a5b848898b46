using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Davit.Model.Access;

/// <summary>A grant as it counts for one principal at one instant: those that have ended are not among them.</summary>
/// <param name="Id">The grant's id, or how a member has it, such as <c>membership</c>.</param>
/// <param name="Role">The role's name.</param>
/// <param name="Permissions">What the role holds.</param>
/// <param name="Chain">The scope it was made on, preceded by those above it.</param>
public sealed record HeldGrant(string Id, string Role, FrozenSet<string> Permissions, ImmutableArray<ScopeRef> Chain)
{
    public ScopeRef Scope => Chain[^1];

    /// <summary>The team it comes from; empty when it is the principal's own.</summary>
    public string Team { get; init; } = "";

    public bool IsDeny { get; init; }

    /// <summary>It holds with its writes in protected environments too.</summary>
    public bool ReachesProtected { get; init; }

    /// <summary>Networks, such as <c>10.0.0.0/8</c>, that requests must come from; empty for any.</summary>
    public ImmutableArray<string> Networks { get; init; } = [];

    public bool NeedsSecondFactor { get; init; }

    /// <summary>The org demands a second factor that the person does not have: it counts for nothing until then.</summary>
    public bool IsHeldBack { get; init; }

    internal bool IsOwners => !IsDeny && !IsHeldBack && Role == BuiltInRoles.Owner && Scope.Level is ScopeLevel.Org;
}
