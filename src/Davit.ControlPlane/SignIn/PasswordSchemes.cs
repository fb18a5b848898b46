using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Davit.ControlPlane.SignIn;

/// <summary>What a password is worth against a hash.</summary>
internal enum PasswordVerdict
{
    Wrong,
    Right,

    /// <summary>Right, and the hash is to be made anew: its cost or its scheme is of another day.</summary>
    RightButOld,
}

/// <summary>One way to keep passwords. New ones are made by the first scheme; the others let people in whose hashes come from elsewhere.</summary>
internal interface IPasswordScheme
{
    /// <summary>The hash is of this scheme.</summary>
    bool Takes(string hash);

    string Make(string password);

    PasswordVerdict Verify(string hash, string password);
}

/// <summary>PBKDF2 with HMAC-SHA-512 (RFC 8018) by the framework's hasher, at the cost that OWASP advises for it.</summary>
internal sealed class Pbkdf2Scheme : IPasswordScheme
{
    private const int Iterations = 210_000;

    private static readonly object Nobody = new();
    private readonly PasswordHasher<object> _hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = Iterations }));

    public bool Takes(string hash) => hash.Length > 40 && !hash.StartsWith('$');

    public string Make(string password) => _hasher.HashPassword(Nobody, password);

    public PasswordVerdict Verify(string hash, string password) => _hasher.VerifyHashedPassword(Nobody, hash, password) switch
    {
        PasswordVerificationResult.Success => PasswordVerdict.Right,
        PasswordVerificationResult.SuccessRehashNeeded => PasswordVerdict.RightButOld,
        _ => PasswordVerdict.Wrong,
    };
}

/// <summary>bcrypt, for hashes that are brought along; such a hash gives way to one of ours at the first sign-in.</summary>
internal sealed class BcryptScheme : IPasswordScheme
{
    public bool Takes(string hash) => hash.Length is 60 && hash.StartsWith("$2", StringComparison.Ordinal);

    public string Make(string password) => BCrypt.Net.BCrypt.HashPassword(password, workFactor: 12);

    public PasswordVerdict Verify(string hash, string password)
    {
        try
        {
            return BCrypt.Net.BCrypt.Verify(password, hash) ? PasswordVerdict.RightButOld : PasswordVerdict.Wrong;
        }
        catch (BCrypt.Net.SaltParseException)
        {
            return PasswordVerdict.Wrong;
        }
    }
}
