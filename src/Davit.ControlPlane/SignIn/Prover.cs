using Davit.ControlPlane.Access;
using Davit.Model;
using Davit.Store;
using Davit.Store.People;
using Davit.Wire;

namespace Davit.ControlPlane.SignIn;

/// <summary>Has people show again who they are. Wrong tries count like failed sign-ins.</summary>
internal sealed class Prover(Database database, Passwords passwords, Factors factors, TimeProvider clock)
{
    private const int MostFailures = 5;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    /// <returns>Whether a second factor was shown.</returns>
    /// <exception cref="ProblemException">DV7004 or DV7007.</exception>
    public async Task<bool> ProveAsync(UserRow user, ProofRequest asked, Caller caller, CancellationToken ct)
    {
        var account = UserTable.Key(user.Email);
        var isFactor = asked.Code is { Length: > 0 };
        var (failures, _) = await database.ReadAsync(db => SignInTable.FailuresAsync(db, account, caller.Address, clock.GetUtcNow() - Window, ct), ct);
        if (failures < MostFailures && await IsRightAsync(user, asked, isFactor, ct))
            return isFactor;
        await database.ReadAsync(async db => { await SignInTable.FailAsync(db, account, caller.Address, clock.GetUtcNow(), ct); return true; }, ct);
        throw new ProblemException(isFactor ? AccessProblems.NeedsSecondFactor(wasWrong: true) : AccessProblems.SignInRefused());
    }

    /// <summary>For what is dangerous: a session must have been proven a short while ago. Tokens were given for what they may do.</summary>
    /// <exception cref="ProblemException">DV7011.</exception>
    public void RequireFresh(Caller caller)
    {
        if (caller.Principal is Principal.Person { Session: { } session } && session.ProvenAt < clock.GetUtcNow() - SessionTokens.Fresh)
            throw new ProblemException(AccessProblems.NeedsProof());
    }

    private async Task<bool> IsRightAsync(UserRow user, ProofRequest asked, bool isFactor, CancellationToken ct) => isFactor
        ? await factors.SpendAsync(user, asked.Code!, ct)
        : await passwords.CheckAsync(user.Password, asked.Password ?? "", ct) is not PasswordVerdict.Wrong;
}
