using System.Security.Cryptography;
using System.Text;
using OtpNet;

namespace Davit.ControlPlane.SignIn;

/// <summary>Codes of authenticators (RFC 6238: six digits, 30 seconds, one step of tolerance to either side), and the codes that stand in for a lost one.</summary>
internal static class TimeCodes
{
    private const int SeedBytes = 20;
    private const int RecoveryCodes = 10;
    private const int StepSeconds = 30;

    private static readonly VerificationWindow Tolerance = new(previous: 1, future: 1);

    public static byte[] NewSeed() => RandomNumberGenerator.GetBytes(SeedBytes);

    /// <summary>As authenticators take it by hand.</summary>
    public static string Text(byte[] seed) => Base32Encoding.ToString(seed);

    /// <summary>As authenticators take it from a picture.</summary>
    public static string Address(byte[] seed, string account) => new OtpUri(OtpType.Totp, seed, account, "Davit").ToString();

    /// <returns>The step that the code is of; null when it is of none near now.</returns>
    public static long? StepOf(byte[] seed, string code, DateTimeOffset now) =>
        new Totp(seed, StepSeconds).VerifyTotp(now.UtcDateTime, code.Trim().Replace(" ", "", StringComparison.Ordinal), out var step, Tolerance) ? step : null;

    /// <returns>Codes of 80 bits, to be shown once.</returns>
    public static IReadOnlyList<string> NewRecoveryCodes() =>
        [.. Enumerable.Range(0, RecoveryCodes).Select(_ => string.Join('-', Base32Encoding.ToString(RandomNumberGenerator.GetBytes(10)).ToLowerInvariant().Chunk(4).Select(c => new string(c))))];

    public static byte[] Hash(string recoveryCode) => SHA256.HashData(Encoding.UTF8.GetBytes(recoveryCode.Trim().Replace("-", "", StringComparison.Ordinal).ToLowerInvariant()));
}
