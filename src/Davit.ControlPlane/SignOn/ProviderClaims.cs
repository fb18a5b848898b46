using System.Text.Json.Nodes;
using Davit.ControlPlane.SignIn;
using Davit.Store.People;

namespace Davit.ControlPlane.SignOn;

/// <summary>What a provider says of somebody, once it is sure that the provider says it.</summary>
/// <param name="Subject">Whom it means; unlike everything else it never changes.</param>
/// <param name="Email">Null when there is none, or it has no usable form.</param>
/// <param name="HasSecondFactor">It says that one was shown, and is believed in that.</param>
internal sealed record ProviderClaims(string Subject, string? Email, bool IsEmailVerified, string Name, IReadOnlyList<string> Groups, bool HasSecondFactor)
{
    private const int LongestName = 100;

    /// <summary>Ways of showing more than a password (RFC 8176).</summary>
    private static readonly string[] Factors = ["mfa", "otp", "hwk", "swk", "sc", "fpt", "face"];

    public string Domain => Email is { } email ? email[(email.LastIndexOf('@') + 1)..].ToLowerInvariant() : "";

    public static ProviderClaims Of(JsonObject claims, ProviderPolicy policy)
    {
        var email = Json.Text(claims["email"])?.Trim();
        var isAddress = email is not null && Addresses.IsOne(email);
        return new(
            Json.Text(claims["sub"])!, isAddress ? email : null, isAddress && Json.Bool(claims["email_verified"]), NameOf(claims, email), Json.Texts(claims[policy.GroupsClaim]),
            policy.TrustsFactors && Json.Texts(claims["amr"]).Any(a => Factors.Contains(a, StringComparer.Ordinal)));
    }

    private static string NameOf(JsonObject claims, string? email)
    {
        var given = new string([.. (Json.Text(claims["name"]) ?? Json.Text(claims["preferred_username"]) ?? email?.Split('@')[0] ?? "").Where(c => !char.IsControl(c)).Take(LongestName)]).Trim();
        return given is "" ? "Somebody" : given;
    }
}
