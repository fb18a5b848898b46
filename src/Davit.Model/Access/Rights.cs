using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Davit.Model.Access;

/// <summary>What a token may at most do; less than its owner may.</summary>
/// <param name="Permissions">Null for all of its owner's.</param>
/// <param name="Within">The scope that it is confined to, preceded by those above it; empty for all.</param>
public sealed record TokenLimits(FrozenSet<string>? Permissions, ImmutableArray<ScopeRef> Within)
{
    public static TokenLimits None { get; } = new(null, []);
}

/// <summary>From where and how somebody asks.</summary>
/// <param name="IsFrom">Whether the request comes from a network such as <c>10.0.0.0/8</c>.</param>
public sealed record Circumstances(Func<string, bool> IsFrom, bool HasSecondFactor);

/// <summary>An answer to whether somebody may do something, with the grant that decides it.</summary>
/// <param name="By">Null when no grant is about it.</param>
public sealed record Verdict(bool IsAllowed, HeldGrant? By, string Why);

/// <summary>
/// What one principal may do in one org. Rights flow down from the scope they were granted on; a deny wins over every allow,
/// wherever it stands, and does not touch owners. Writes in a protected environment need a grant that was made for that
/// environment or reaches protected ones.
/// </summary>
public sealed class Rights(IEnumerable<HeldGrant> grants, TokenLimits limits, bool isOperator, Circumstances circumstances)
{
    public ImmutableArray<HeldGrant> Grants { get; } = [.. grants];

    /// <summary>Runs the installation; holds no right in any org by that.</summary>
    public bool IsOperator => isOperator;

    /// <summary>The org demands a second factor that the person does not have, so that nothing counts.</summary>
    public bool OwesSecondFactor => Grants.Any(g => g.IsHeldBack);

    public bool IsOwner => Grants.Any(g => g.IsOwners);

    public bool May(string permission, AccessTarget target) => Decide(permission, target).IsAllowed;

    public Verdict Decide(string permission, AccessTarget target)
    {
        if (PermissionCatalog.Find(permission) is not { } info)
            return new(false, null, "there is no such permission");
        if (limits.Permissions is { } permitted && !permitted.Contains(permission))
            return new(false, null, "the token was made without it");
        if (limits.Within is [.., var within] && !target.Chain.Contains(within) && !(info.FlowsUp && limits.Within.Contains(target.Deepest)))
            return new(false, null, $"the token is confined to {within}");
        if (info.Level is ScopeLevel.Installation)
            return isOperator ? new(true, null, "operators of the installation may") : new(false, null, "only operators of the installation may");
        return Granted(info, target);
    }

    /// <summary>What somebody sees of a list who holds a permission on some of its members only.</summary>
    /// <param name="target">What the list lies in.</param>
    /// <param name="below">The level of its members.</param>
    /// <returns>The ids that may be seen; null for all.</returns>
    public FrozenSet<Guid>? Visible(string permission, AccessTarget target, ScopeLevel below)
    {
        var allows = Grants.Where(g => !g.IsDeny && g.Permissions.Contains(permission) && Meets(g)).ToList();
        var seesAll = allows.Exists(g => target.Chain.Contains(g.Scope));
        var confined = limits.Within is [.., var within] && !target.Chain.Contains(within) ? limits.Within.Where(s => s.Level == below).Select(s => s.Id).ToFrozenSet() : null;
        if (seesAll)
            return confined;
        var seen = allows.Where(g => g.Chain.Contains(target.Deepest)).SelectMany(g => g.Chain).Where(s => s.Level == below).Select(s => s.Id);
        return confined is null ? seen.ToFrozenSet() : seen.Where(confined.Contains).ToFrozenSet();
    }

    private Verdict Granted(PermissionEntry info, AccessTarget target)
    {
        if (OwesSecondFactor)
            return new(false, null, "the org demands a second factor, and the account has none");
        var about = Grants.Where(g => g.Permissions.Contains(info.Name) && Meets(g)).ToList();
        var isOwner = IsOwner;
        if (!isOwner && about.Find(g => g.IsDeny && target.Chain.Contains(g.Scope)) is { } deny)
            return new(false, deny, $"{Named(deny)} denies it");
        if (about.Find(g => !g.IsDeny && Holds(g, info, target, isAbove: false)) is { } direct)
            return new(true, direct, $"{Named(direct)} allows it");
        if (about.Find(g => !g.IsDeny && Holds(g, info, target, isAbove: true)) is { } below)
            return new(true, below, $"{Named(below)} allows it on something in it");
        return about.Exists(g => !g.IsDeny && target.Chain.Contains(g.Scope))
            ? new(false, null, "the environment is protected, and no grant reaches it there")
            : new(false, null, "no grant allows it");
    }

    private static bool Holds(HeldGrant grant, PermissionEntry info, AccessTarget target, bool isAbove)
    {
        if (isAbove)
            return info.FlowsUp && grant.Chain.Contains(target.Deepest);
        return grant.Permissions.Contains(info.Name) && target.Chain.Contains(grant.Scope)
            && (!target.IsProtected || info.IsRead || grant.ReachesProtected || grant.Scope.Level is ScopeLevel.Env);
    }

    private bool Meets(HeldGrant grant) =>
        !grant.IsHeldBack && (!grant.NeedsSecondFactor || circumstances.HasSecondFactor) && (grant.Networks.IsEmpty || grant.Networks.Any(circumstances.IsFrom));

    private static string Named(HeldGrant grant) =>
        $"the role '{grant.Role}' on {grant.Scope}{(grant.Team is "" ? "" : $" of the team '{grant.Team}'")} ({grant.Id})";
}
