using System.Collections.Immutable;

namespace Davit.Model;

/// <summary>DV7030–DV7099: signing on with other people's identities, and trusting other people's tokens.</summary>
public static class SignOnProblems
{
    private static readonly ProblemCode IssuerRefused = new("DV7030", "issuer-refused", "This address is not asked", 422);
    private static readonly ProblemCode AccountExists = new("DV7031", "identity-not-linked", "The account is not linked to this identity", 403);
    private static readonly ProblemCode NotLetIn = new("DV7032", "sign-on-not-permitted", "The org does not let this identity in", 403);
    private static readonly ProblemCode UrlMissing = new("DV7033", "public-url-missing", "davitd does not know its own address", 409);
    private static readonly ProblemCode OwnSignInNeeded = new("DV7034", "own-sign-in-needed", "This needs your own sign-in", 403);
    private static readonly ProblemCode ProviderInvalid = new("DV7035", "provider-invalid", "The provider cannot be set like this", 422);
    private static readonly ProblemCode RuleInvalid = new("DV7036", "trust-rule-invalid", "The trust rule cannot be made like this", 422);
    private static readonly ProblemCode AttemptOver = new("DV7037", "sign-on-over", "The sign-on is over", 410);

    public static ImmutableArray<ProblemCode> All { get; } = [IssuerRefused, AccountExists, NotLetIn, UrlMissing, OwnSignInNeeded, ProviderInvalid, RuleInvalid, AttemptOver];

    public static Problem RefusedAddress(string address) => new(
        IssuerRefused, $"'{Short(address)}' is not a public https address. Nothing was sent there.", "Write it as https://…; for a provider in a private network start davitd with --provider-networks.");

    public static Problem NotLinked(string provider) => new(
        AccountExists, $"There is an account with this mail address, and {provider} alone does not open it. Nobody was signed in.", "Sign in as before, then link it: POST /v1/me/identities/ORG/PROVIDER");

    public static Problem NotPermitted(string why) => new(
        NotLetIn, $"The org's policy does not let you in: {why}. Nobody was signed in, and no account was made.", "Ask an owner of the org for an invitation, or to change the policy: davit sso set");

    public static Problem NeedsPublicUrl() => new(
        UrlMissing, "Providers send browsers back to an address that davitd was told, and passkeys belong to it. Nothing was begun.", "Start davitd with --public-url https://NAME");

    public static Problem NeedsOwnSignIn() => new(
        OwnSignInNeeded, "Tokens, and sessions that an org's identity provider opened, act in one org; your account is yours alone. Nothing was changed.", "Sign in with your own password: davit login");

    public static Problem BadProvider(string why) => new(
        ProviderInvalid, $"The provider was not taken: {why}. Nothing was changed.", "See what can be set: davit sso set --help");

    public static Problem BadRule(string why) => new(
        RuleInvalid, $"The rule was not taken: {why}. Nothing was changed.", "Name the issuer, the audience and at least one claim: davit trust create --help");

    public static Problem AttemptUnknown() => new(
        AttemptOver, "It was ended already, took longer than ten minutes, or was begun in another browser. Nobody was signed in.", "Begin it anew.");

    private static string Short(string text) => text.Length <= 120 ? text : text[..120];
}
