using System.Security.Cryptography;
using System.Text;
using Davit.Model;
using Davit.Planning.Configuring;
using Davit.Wire;

namespace Davit.ControlPlane.Secrets;

/// <summary>What can be a secret, and how random ones are made.</summary>
internal static class SecretValues
{
    /// <summary>Anything shorter stands in ordinary texts by chance.</summary>
    public const int Shortest = 6;

    private const int FewestRandom = 16;
    private const int MostRandom = 1024;
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /// <exception cref="ProblemException">DV7206, DV4004.</exception>
    public static byte[] Of(string name, SecretRequest request)
    {
        var given = new object?[] { request.Value, request.Base64, request.Generate }.Count(g => g is not null);
        if (given is not 1)
            throw new ProblemException(ApiProblems.BadBody("a secret needs exactly one of 'value', 'base64' and 'generate'"));
        if (request.Generate is { } length)
            return length is >= FewestRandom and <= MostRandom
                ? Encoding.ASCII.GetBytes(RandomNumberGenerator.GetString(Letters, length))
                : throw new ProblemException(SecretProblems.Refused(name, $"can be made of {FewestRandom} to {MostRandom} random characters"));
        return Check(name, request.Value is { } text ? Encoding.UTF8.GetBytes(text) : Bytes(name, request.Base64!), request.Force);
    }

    /// <exception cref="ProblemException">DV7206.</exception>
    public static byte[] Check(string name, byte[] value, bool force)
    {
        if (value.Length is 0)
            throw new ProblemException(SecretProblems.Refused(name, "is empty"));
        if (value.Length > VariableNames.LongestSecret)
            throw new ProblemException(SecretProblems.Refused(name, $"takes {value.Length} bytes; at most {VariableNames.LongestSecret} are kept"));
        return force || !IsPlain(value) ? value : throw new ProblemException(SecretProblems.Refused(name, $"is shorter than {Shortest} bytes or one and the same character, so that it cannot be kept out of logs (force takes it all the same)"));
    }

    public static bool IsPlain(ReadOnlySpan<byte> value) => value.Length < Shortest || !value.ContainsAnyExcept(value[0]);

    /// <exception cref="ProblemException">DV7206: what is delivered as a variable is text.</exception>
    public static void CheckVariable(string name, byte[] value)
    {
        if (value.Contains((byte)0) || !System.Text.Unicode.Utf8.IsValid(value))
            throw new ProblemException(SecretProblems.Refused(name, "is not text in UTF-8, so that it can only be delivered as a file"));
    }

    private static byte[] Bytes(string name, string base64)
    {
        var buffer = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, buffer, out var length) ? buffer[..length] : throw new ProblemException(SecretProblems.Refused(name, "is not base64"));
    }
}
