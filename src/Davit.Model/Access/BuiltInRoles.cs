using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Davit.Model.Access;

/// <summary>The roles that every org has. Each holds all that the one after it holds.</summary>
public static class BuiltInRoles
{
    public const string Owner = "owner";
    public const string Admin = "admin";
    public const string Developer = "developer";
    public const string Member = "member";
    public const string Viewer = "viewer";

    /// <summary>The mightiest first.</summary>
    public static ImmutableArray<string> Names { get; } = [Owner, Admin, Developer, Member, Viewer];

    private static readonly FrozenDictionary<string, FrozenSet<string>> Held = Names.ToFrozenDictionary(
        r => r, r => PermissionCatalog.All.Where(p => p.From is not null && Names.IndexOf(r) <= Names.IndexOf(p.From)).Select(p => p.Name).ToFrozenSet(StringComparer.Ordinal), StringComparer.Ordinal);

    public static bool IsOne(string role) => Held.ContainsKey(role);

    /// <exception cref="KeyNotFoundException">It is no built-in role.</exception>
    public static FrozenSet<string> PermissionsOf(string role) => Held[role];

    /// <summary>Writes in protected environments need no more than the role.</summary>
    public static bool ReachesProtected(string role) => role is Owner or Admin;
}
