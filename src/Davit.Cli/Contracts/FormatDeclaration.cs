namespace Davit.Cli.Contracts;

/// <summary>A member that names its format by its version, such as <c>openapi: 3.1.0</c>, at the begin of a line or of a member of JSON.</summary>
internal static class FormatDeclaration
{
    private static readonly string[] Formats = ["openapi", "swagger", "asyncapi"];

    public static bool IsIn(string text) => Array.Exists(Formats, format => IsIn(text, format));

    private static bool IsIn(ReadOnlySpan<char> text, string format)
    {
        for (var at = 0; text[at..].IndexOf(format) is >= 0 and var next; at += next + format.Length)
        {
            if (BeginsMember(text[..(at + next)]) && NamesVersion(text[(at + next + format.Length)..]))
                return true;
        }

        return false;
    }

    /// <param name="before">What stands in front of the name.</param>
    private static bool BeginsMember(ReadOnlySpan<char> before)
    {
        if (before is [.. var unquoted, '"' or '\''])
            before = unquoted;
        return before is [] or [.., '\n'] || before.TrimEnd() is [.., '{' or ','];
    }

    /// <param name="after">What follows the name.</param>
    private static bool NamesVersion(ReadOnlySpan<char> after)
    {
        if (Unquoted(after).TrimStart() is not [':', .. var value])
            return false;
        return Unquoted(value.TrimStart()) is [>= '0' and <= '9', ..];
    }

    private static ReadOnlySpan<char> Unquoted(ReadOnlySpan<char> text) => text is ['"' or '\'', .. var rest] ? rest : text;
}
