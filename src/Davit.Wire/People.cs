using System.Text.Json.Nodes;

namespace Davit.Wire;

/// <param name="Code">What davitd printed, or wrote into <c>setup.code</c>.</param>
public sealed record SetupRequest(string Code, string Email, string Name, string Password)
{
    /// <summary>What the org is to be called; its present name when left out.</summary>
    public string? Org { get; init; }
}

/// <param name="Needed">There is no owner yet.</param>
public sealed record SetupView(bool Needed);

/// <param name="Code">The present code of an authenticator, or a recovery code, where the account has a second factor.</param>
/// <param name="As"><c>token</c> for programs, <c>cookie</c> for browsers.</param>
public sealed record SignInRequest(string Email, string Password, string? Code = null, string As = "token")
{
    /// <summary>What the session is listed as.</summary>
    public string Device { get; init; } = "";
}

/// <summary>A sign-in. The tokens are shown this once; of browsers they are in the cookie.</summary>
public sealed record SignedIn(string Session, UserView User, DateTimeOffset ExpiresAt)
{
    public string? AccessToken { get; init; }

    public string? RefreshToken { get; init; }
}

public sealed record UserView(string Id, string Email, string Name, bool IsOperator, bool HasSecondFactor);

/// <param name="Orgs">Those that the person belongs to, with the role there.</param>
public sealed record ProfileView(UserView User, IReadOnlyList<ProfileOrg> Orgs, int RecoveryCodesLeft, long Version);

public sealed record ProfileOrg(string Id, string Name, string Role);

/// <param name="Kind"><c>browser</c> or <c>cli</c>.</param>
/// <param name="IsThis">The request came with it.</param>
public sealed record SessionView(string Id, string Kind, string Device, string Address, bool HasSecondFactor, DateTimeOffset CreatedAt, DateTimeOffset LastUsedAt, DateTimeOffset EndsAt, bool IsThis);

/// <param name="Password">The password, or none when a code is given.</param>
/// <param name="Code">The present code of an authenticator, or a recovery code.</param>
public sealed record ProofRequest(string? Password = null, string? Code = null);

/// <summary>What a browser is to be asked with (Web Authentication level 3, sections 5.4 and 5.5, as JSON).</summary>
/// <param name="Attempt">Sent back with what the browser answers; good once, for five minutes.</param>
/// <param name="Options">For <c>PublicKeyCredential.parseCreationOptionsFromJSON</c> or <c>parseRequestOptionsFromJSON</c>.</param>
public sealed record PasskeyChallenge(string Attempt, JsonObject Options);

/// <param name="Credential">What the browser answered, as <c>PublicKeyCredential.toJSON()</c> writes it.</param>
public sealed record PasskeyRequest(string Name, string Attempt, JsonObject Credential);

/// <param name="Credential">What the browser answered, as <c>PublicKeyCredential.toJSON()</c> writes it.</param>
public sealed record PasskeyProof(string Attempt, JsonObject Credential);

/// <param name="As"><c>token</c> or <c>cookie</c>.</param>
public sealed record PasskeySignIn(string Attempt, JsonObject Credential, string As = "cookie")
{
    /// <summary>What the session is listed as.</summary>
    public string Device { get; init; } = "";
}

public sealed record PasskeyUpdate(string Name);

/// <param name="IsSynced">It is kept by a service that copies it to other devices.</param>
public sealed record PasskeyView(string Id, string Name, bool IsSynced, DateTimeOffset CreatedAt, DateTimeOffset? UsedAt);

public sealed record PasswordRequest(string Present, string Wanted);

/// <summary>What an authenticator is set up with. Shown once; it counts once a code of it was given.</summary>
/// <param name="Secret">Base32, to be typed.</param>
/// <param name="Address">The same as an <c>otpauth:</c> address, to be shown as a picture.</param>
public sealed record AuthenticatorView(string Secret, string Address);

public sealed record CodeRequest(string Code);

/// <param name="Codes">Shown once; each signs in once in the place of an authenticator.</param>
public sealed record RecoveryCodesView(IReadOnlyList<string> Codes);

/// <summary>A device that waits to be let in.</summary>
public sealed record DeviceView(string Code, string Device, string Address, DateTimeOffset ExpiresAt);

public sealed record DeviceAnswer(bool Approve);

/// <summary>RFC 8628, section 3.2.</summary>
public sealed record DeviceAuthorization(
    [property: System.Text.Json.Serialization.JsonPropertyName("device_code")] string DeviceCode,
    [property: System.Text.Json.Serialization.JsonPropertyName("user_code")] string UserCode,
    [property: System.Text.Json.Serialization.JsonPropertyName("verification_uri")] string VerificationUri,
    [property: System.Text.Json.Serialization.JsonPropertyName("expires_in")] int ExpiresIn,
    [property: System.Text.Json.Serialization.JsonPropertyName("interval")] int Interval);

/// <summary>RFC 6749, section 5.1.</summary>
public sealed record TokenAnswer(
    [property: System.Text.Json.Serialization.JsonPropertyName("access_token")] string AccessToken,
    [property: System.Text.Json.Serialization.JsonPropertyName("token_type")] string TokenType,
    [property: System.Text.Json.Serialization.JsonPropertyName("expires_in")] int ExpiresIn,
    [property: System.Text.Json.Serialization.JsonPropertyName("refresh_token")] string? RefreshToken)
{
    /// <summary>RFC 8693, section 2.2.1; of exchanges alone.</summary>
    [System.Text.Json.Serialization.JsonPropertyName("issued_token_type")]
    public string? IssuedTokenType { get; init; }
}

/// <summary>RFC 6749, section 5.2.</summary>
public sealed record TokenRefusal(
    [property: System.Text.Json.Serialization.JsonPropertyName("error")] string Error,
    [property: System.Text.Json.Serialization.JsonPropertyName("error_description")] string Description);
