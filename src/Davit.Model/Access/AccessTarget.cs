using System.Collections.Immutable;

namespace Davit.Model.Access;

/// <summary>What somebody wants to act on.</summary>
/// <param name="Chain">The org first, then what of project, app and environment is named; empty for the installation.</param>
/// <param name="IsProtected">It is a protected environment.</param>
public sealed record AccessTarget(ImmutableArray<ScopeRef> Chain, bool IsProtected = false)
{
    /// <summary>The installation itself.</summary>
    public static AccessTarget Installation { get; } = new([]);

    public static AccessTarget Of(OrgId org) => new([new ScopeRef(ScopeLevel.Org, org.Value)]);

    public ScopeRef Deepest => Chain is [.., var last] ? last : new ScopeRef(ScopeLevel.Installation, default);
}
