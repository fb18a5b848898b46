using System.Collections.Immutable;

namespace Davit.Model;

/// <summary>DV70: first start, people, access.</summary>
public static class AccessProblems
{
    private static readonly ProblemCode SetupCodeWrong = new("DV7001", "setup-code-wrong", "The setup code is not the one that was printed", 403);
    private static readonly ProblemCode SetupOver = new("DV7002", "setup-over", "The installation has been set up already", 409);
    private static readonly ProblemCode PersonNeeded = new("DV7003", "person-needed", "This is for people alone", 403);
    private static readonly ProblemCode Refused = new("DV7004", "sign-in-refused", "The sign-in was refused", 401);
    private static readonly ProblemCode Busy = new("DV7005", "sign-in-busy", "Too many sign-ins at once", 503, IsRetryable: true);
    private static readonly ProblemCode PasswordWeak = new("DV7006", "password-weak", "The password is too easy to guess", 422);
    private static readonly ProblemCode FactorNeeded = new("DV7007", "second-factor-needed", "The second factor is missing or wrong", 401);
    private static readonly ProblemCode OwnerNeeded = new("DV7008", "last-owner", "The org would have no owner", 409);
    private static readonly ProblemCode Escalation = new("DV7009", "grant-exceeds-own", "Nobody gives what he does not hold", 403);
    private static readonly ProblemCode InvitationOver = new("DV7010", "invitation-over", "The invitation cannot be used", 410);
    private static readonly ProblemCode ProofNeeded = new("DV7011", "proof-needed", "Show again that it is you", 403);
    private static readonly ProblemCode RoleUsed = new("DV7012", "role-in-use", "The role is in use", 409);
    private static readonly ProblemCode PermissionUnknown = new("DV7013", "permission-unknown", "There is no such permission", 422);
    private static readonly ProblemCode TeamDeep = new("DV7014", "team-too-deep", "The team would stand too deep", 422);
    private static readonly ProblemCode DeviceUnknown = new("DV7015", "device-code-unknown", "No device waits with this code", 404);
    private static readonly ProblemCode RuntimeRefused = new("DV7016", "runtime-not-permitted", "The manifest asks for what confines no instance", 403);
    private static readonly ProblemCode AddressInvalid = new("DV7017", "address-invalid", "This is not a mail address", 422);
    private static readonly ProblemCode MemberAlready = new("DV7018", "member-already", "They belong to the org already", 409);
    private static readonly ProblemCode LifeInvalid = new("DV7019", "life-invalid", "The end does not fit", 422);
    private static readonly ProblemCode NetworkInvalid = new("DV7020", "network-of-grant-invalid", "This is not a network", 422);
    private static readonly ProblemCode ProviderRefused = new("DV7021", "provider-refused", "The identity provider's word was not accepted", 401);
    private static readonly ProblemCode ProviderAway = new("DV7022", "provider-unreachable", "The identity provider cannot be reached", 503, IsRetryable: true);

    private static readonly ProblemCode PasskeyWrong = new("DV7023", "passkey-refused", "The passkey was not accepted", 401);

    public static ImmutableArray<ProblemCode> All { get; } =
    [
        SetupCodeWrong, SetupOver, PersonNeeded, Refused, Busy, PasswordWeak, FactorNeeded, OwnerNeeded, Escalation, InvitationOver, ProofNeeded, RoleUsed, PermissionUnknown, TeamDeep, DeviceUnknown,
        RuntimeRefused, AddressInvalid, MemberAlready, LifeInvalid, NetworkInvalid, ProviderRefused, ProviderAway, PasskeyWrong,
    ];

    public static Problem WrongSetupCode() => new(
        SetupCodeWrong, "The code is wrong, too old, or was tried too often. Nothing was changed.", "Print a new one on the machine itself: davitd setup-code");

    public static Problem SetUpAlready() => new(
        SetupOver, "There is an owner already. Nothing was changed.", "Sign in with 'davit login', or ask an owner for an invitation.");

    public static Problem NoPerson() => new(
        PersonNeeded, "The token stands for a machine or a service principal, which has no profile, sessions or factors. Nothing was changed.", "Sign in as yourself: davit login");

    /// <summary>One text for all causes: which of them it was would tell who has an account.</summary>
    public static Problem SignInRefused() => new(
        Refused, "Address or password are wrong, or too many attempts were made for this account from your network. Nothing was changed.", "Check both; after five failures wait 15 minutes, or ask an owner for a new link.");

    public static Problem SignInBusy() => new(
        Busy, "More people sign in now than passwords can be checked. Nothing was changed.", "Try again in a few seconds.");

    public static Problem WeakPassword(string why) => new(
        PasswordWeak, $"The password was not accepted: {why}. Nothing was changed.", "Take four or more unrelated words, or let a password manager make one.");

    public static Problem NeedsSecondFactor(bool wasWrong) => new(
        FactorNeeded, wasWrong ? "The code is wrong, too old, or was used before. Nothing was changed." : "The account has a second factor, and none was shown. Nothing was changed.",
        "Give the present code of your authenticator, or one of your recovery codes.");

    public static Problem LastOwner() => new(
        OwnerNeeded, "This is the only owner who can sign in, and an org must have one. Nothing was changed.", "Make somebody else an owner first: davit member update ADDRESS --role owner");

    public static Problem ExceedsOwn(IReadOnlyList<string> permissions) => new(
        Escalation, $"It would give {string.Join(", ", permissions.Take(5))}{(permissions.Count > 5 ? $" and {permissions.Count - 5} more" : "")}, which you do not hold there. Nothing was changed.",
        "Ask somebody who holds it, or give a lesser role.");

    public static Problem InvitationUnusable() => new(
        InvitationOver, "It was used, revoked, is too old, or is for another address. Nothing was changed.", "Ask whoever invited you for a new one: davit invitation renew ID");

    public static Problem NeedsProof() => new(
        ProofNeeded, "This needs your password or a factor within the last ten minutes. Nothing was changed.", "Show it again: davit session prove");

    public static Problem RoleInUse(string role, IReadOnlyList<string> grants) => new(
        RoleUsed, $"The role '{role}' is used by {string.Join(", ", grants)}. Nothing was deleted.", "Take those grants away first: davit grant delete ID");

    public static Problem UnknownPermissions(IReadOnlyList<string> names) => new(
        PermissionUnknown, $"There is no {string.Join(", ", names.Select(n => $"'{(n.Length <= 80 ? n : n[..80])}'"))}. Nothing was changed.", "See all there are: davit permission list");

    public static Problem TooDeep(int most) => new(
        TeamDeep, $"Teams may stand {most} deep, itself counted. Nothing was changed.", "Put it under a team that stands higher.");

    public static Problem NoDevice(string code) => new(
        DeviceUnknown, $"No device waits with the code '{(code.Length <= 20 ? code : code[..20])}'. Nothing was changed.", "Check the code on the device; it lasts ten minutes: davit login");

    /// <param name="asked">What of the manifest asks for it, with its permission.</param>
    public static Problem RuntimeNotPermitted(IReadOnlyList<string> asked) => new(
        RuntimeRefused, $"The manifest asks for {string.Join("; ", asked)}. Nothing was started.", "Leave it out, or have an owner grant the permission: davit grant create");

    public static Problem BadAddress(string text) => new(
        AddressInvalid, $"'{(text.Length <= 80 ? text : text[..80])}' is not a mail address. Nothing was changed.", "Write it like ann@example.com.");

    public static Problem AlreadyMember(string address) => new(
        MemberAlready, $"{address} belongs to the org already. Nothing was changed.", $"Change the role instead: davit member update {address} --role ROLE");

    public static Problem BadLife(string what, string most) => new(
        LifeInvalid, $"{what} must lie in the future, and no further than {most}. Nothing was changed.", "Write a shorter one, such as 30d.");

    public static Problem BadNetwork(string text) => new(
        NetworkInvalid, $"'{(text.Length <= 80 ? text : text[..80])}' is neither a network nor an address. Nothing was changed.", "Write it like 10.0.0.0/8 or 2001:db8::/32.");

    public static Problem ProviderNotAccepted(string why) => new(
        ProviderRefused, $"What the identity provider sent was not accepted: {why}. Nobody was signed in.", "Begin the sign-in anew; if it goes on, have an admin check the provider's settings.");

    public static Problem ProviderUnreachable(string issuer) => new(
        ProviderAway, $"The identity provider {issuer} does not answer. Nobody was signed in.", "Try again, or sign in with a password.");

    /// <summary>One text for all causes; the org's log says which it was.</summary>
    public static Problem PasskeyRefused() => new(
        PasskeyWrong, "What the browser sent is no good answer to what it was asked: too old, answered before, made for another site, without the person's consent, or by a copied key. Nothing was changed.", "Try again; if it stays so, sign in with your password and look at your passkeys: davit passkey list");
}
