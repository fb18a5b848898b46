using Davit.Model;
using Davit.Store.People;
using Davit.Store.Resources;
using Npgsql;

namespace Davit.ControlPlane.SignIn;

/// <summary>Orgs that demand a second factor of everybody.</summary>
internal static class FactorDemand
{
    /// <summary>Asked after a factor was taken away, within the same transaction.</summary>
    /// <exception cref="ProblemException">It was the last one, and an org of the person demands one.</exception>
    public static async Task RequireLeftAsync(NpgsqlConnection db, UserId user, CancellationToken ct)
    {
        // Of two who take the last two away at once, the second one has to see what the first one did.
        await UserTable.LockAsync(db, user, ct);
        if (await UserTable.GetAsync(db, user, ct) is { TotpConfirmed: true } || await PasskeyTable.CountAsync(db, user, ct) > 0)
            return;
        if ((await OrgTable.OfUserAsync(db, user, ct)).FirstOrDefault(o => o.SecondFactorFrom is not null) is { } demanding)
            throw new ProblemException(PeopleProblems.SecondFactorDemanded(demanding.Name));
    }
}
