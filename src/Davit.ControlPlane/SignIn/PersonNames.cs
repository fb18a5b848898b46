using Davit.Model;

namespace Davit.ControlPlane.SignIn;

/// <summary>What people call themselves.</summary>
internal static class PersonNames
{
    private const int Longest = 100;

    /// <exception cref="ProblemException">DV4004.</exception>
    public static string Require(string text) => text.Trim() is { Length: > 0 and <= Longest } name && !name.Any(char.IsControl) ? name
        : throw new ProblemException(ApiProblems.BadBody($"'name' has 1 to {Longest} characters on one line"));
}
