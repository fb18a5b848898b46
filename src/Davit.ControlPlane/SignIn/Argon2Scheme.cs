using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Konscious.Security.Cryptography;

namespace Davit.ControlPlane.SignIn;

/// <summary>Argon2id (RFC 9106) in the usual text form, for hashes that are brought along; such a hash gives way to one of ours at the first sign-in.</summary>
internal sealed partial class Argon2Scheme : IPasswordScheme
{
    /// <summary>What a hash may cost that others have made: it is paid for whenever somebody knocks.</summary>
    private const int MostKibibytes = 256 * 1024;

    private const int MostPasses = 16;
    private const int MostLanes = 16;
    private const int SaltBytes = 16;
    private const int HashBytes = 32;

    /// <summary>What OWASP advises.</summary>
    private static readonly Cost Usual = new(19 * 1024, 2, 1);

    public bool Takes(string hash) => hash.StartsWith("$argon2id$", StringComparison.Ordinal);

    public string Make(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return string.Create(CultureInfo.InvariantCulture, $"$argon2id$v=19$m={Usual.Kibibytes},t={Usual.Passes},p={Usual.Lanes}${Text(salt)}${Text(Compute(password, salt, Usual, HashBytes))}");
    }

    public PasswordVerdict Verify(string hash, string password)
    {
        if (Read(hash) is not var (cost, salt, wanted))
            return PasswordVerdict.Wrong;
        return CryptographicOperations.FixedTimeEquals(Compute(password, salt, cost, wanted.Length), wanted) ? PasswordVerdict.RightButOld : PasswordVerdict.Wrong;
    }

    /// <returns>Null when it is none, or costs more than a sign-in may.</returns>
    private static (Cost Cost, byte[] Salt, byte[] Hash)? Read(string hash)
    {
        if (Form().Match(hash) is not { Success: true } match)
            return null;
        var cost = new Cost(Number("m"), Number("t"), Number("p"));
        if (cost.Kibibytes is > MostKibibytes || cost.Passes is < 1 or > MostPasses || cost.Lanes is < 1 or > MostLanes || cost.Kibibytes < 8 * cost.Lanes)
            return null;
        return Bytes(match.Groups["salt"].Value) is { Length: >= 8 and <= 64 } salt && Bytes(match.Groups["hash"].Value) is { Length: >= 16 and <= 64 } made ? (cost, salt, made) : null;

        int Number(string name) => int.Parse(match.Groups[name].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
    }

    private static byte[] Compute(string password, byte[] salt, Cost cost, int length)
    {
        using var argon = new Argon2id(Encoding.UTF8.GetBytes(password)) { Salt = salt, MemorySize = cost.Kibibytes, Iterations = cost.Passes, DegreeOfParallelism = cost.Lanes };
        return argon.GetBytes(length);
    }

    private static string Text(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=');

    private static byte[]? Bytes(string text)
    {
        var padded = text.PadRight((text.Length + 3) / 4 * 4, '=');
        var buffer = new byte[Base64.GetMaxDecodedFromUtf8Length(padded.Length)];
        return Convert.TryFromBase64String(padded, buffer, out var length) ? buffer[..length] : null;
    }

    [GeneratedRegex("^\\$argon2id\\$v=19\\$m=(?<m>[0-9]{1,7}),t=(?<t>[0-9]{1,3}),p=(?<p>[0-9]{1,3})\\$(?<salt>[A-Za-z0-9+/]{11,86})\\$(?<hash>[A-Za-z0-9+/]{22,86})\\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Form();

    private sealed record Cost(int Kibibytes, int Passes, int Lanes);
}
