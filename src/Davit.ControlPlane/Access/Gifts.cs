using Davit.Model;
using Davit.Store.People;
using Npgsql;

namespace Davit.ControlPlane.Access;

/// <summary>Whoever puts somebody into a team gives him what the team holds.</summary>
internal static class Gifts
{
    /// <exception cref="ProblemException">DV7009.</exception>
    public static async Task RequireOfTeamAsync(NpgsqlConnection db, Caller caller, TeamId team, CancellationToken ct)
    {
        foreach (var (permissions, scope) in await GrantTable.OfTeamAsync(db, caller.Org, team, ct))
        {
            if (await ScopeTable.GetAsync(db, caller.Org, scope, ct) is { } target)
                Delegation.Require(caller, permissions, target);
        }
    }
}
