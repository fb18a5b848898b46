using System.Text;
using System.Text.RegularExpressions;
using Davit.Model;

namespace Davit.Planning.Configuring;

/// <summary>The one form of names of variables and secrets, and what their values can be.</summary>
public static partial class VariableNames
{
    public const int LongestValue = 32 << 10;
    public const int LongestSecret = 64 << 10;

    /// <summary>Variables and secrets of one place.</summary>
    public const int MostOfOnePlace = 1000;

    /// <exception cref="ProblemException">DV7213.</exception>
    public static string Check(string name) => Form().IsMatch(name) && !name.StartsWith("DAVIT_", StringComparison.OrdinalIgnoreCase)
        ? name
        : throw new ProblemException(VariableProblems.BadName(name));

    /// <exception cref="ProblemException">DV7214.</exception>
    public static void CheckValue(string name, string value)
    {
        if (value.Contains('\0', StringComparison.Ordinal))
            throw new ProblemException(VariableProblems.Refused(name, "holds a NUL character, which no process can be given"));
        if (Encoding.UTF8.GetByteCount(value) is > LongestValue and var bytes)
            throw new ProblemException(VariableProblems.Refused(name, $"takes {bytes} bytes; at most {LongestValue} are kept"));
        if (HasLoneSurrogate(value))
            throw new ProblemException(VariableProblems.Refused(name, "holds half of a surrogate pair, which is no character"));
    }

    private static bool HasLoneSurrogate(string value)
    {
        foreach (var rune in value.EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar && !value.Contains('\uFFFD', StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_.-]{0,127}\\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
