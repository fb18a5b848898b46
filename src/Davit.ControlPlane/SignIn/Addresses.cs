using System.Net.Mail;
using Davit.Model;

namespace Davit.ControlPlane.SignIn;

/// <summary>The mail addresses that people are known by.</summary>
internal static class Addresses
{
    private const int Longest = 254;

    public static bool IsOne(string text) =>
        text.Length is > 2 and <= Longest && MailAddress.TryCreate(text, out var read) && read.Address == text && !text.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || c is '"' or '<' or '>');

    /// <exception cref="ProblemException">DV7017.</exception>
    public static string Require(string text) => IsOne(text.Trim()) ? text.Trim() : throw new ProblemException(AccessProblems.BadAddress(text));
}
