using System.Text;
using System.Text.RegularExpressions;

namespace Davit.Contracts.JsonSchemas.Schemas;

/// <summary>
/// A regular expression of ECMA-262, which finds its text anywhere. What that standard and this platform read differently is
/// translated: digits and words are ASCII, <c>$</c> is only the very end, and a dot stops at every line end. Characters beyond
/// the basic plane count as two.
/// </summary>
internal sealed class Pattern(string text)
{
    /// <summary>For expressions that have to go back and try again; what does not takes time by the length of the text alone, and says the same on a busy machine.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(50);

    private readonly Regex? _regex = Compile(Translate(text));

    public string Text { get; } = text;

    /// <returns>Null when it cannot be told: the expression is unknown here, or takes too long.</returns>
    public bool? Matches(string value)
    {
        try
        {
            return _regex?.IsMatch(value);
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }

    private static Regex? Compile(string text)
    {
        try
        {
            return new Regex(text, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, Regex.InfiniteMatchTimeout);
        }
        catch (NotSupportedException)
        {
            return new Regex(text, RegexOptions.CultureInvariant, Longest);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static string Translate(string text)
    {
        var translated = new StringBuilder();
        var isInClass = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is '\\' && i + 1 < text.Length)
            {
                translated.Append(Escape(text[++i], isInClass));
                continue;
            }

            var wasInClass = isInClass;
            isInClass = c switch { '[' => true, ']' => false, _ => isInClass };
            translated.Append(c switch
            {
                '$' when !isInClass => @"\z",
                '.' when !isInClass => @"[^\n\r\u2028\u2029]",
                '[' when wasInClass => @"\[",
                _ => c.ToString(),
            });
        }

        return translated.ToString();
    }

    private static string Escape(char c, bool isInClass) => (c, isInClass) switch
    {
        ('d', true) => "0-9",
        ('d', false) => "[0-9]",
        ('D', false) => "[^0-9]",
        ('w', true) => "a-zA-Z0-9_",
        ('w', false) => "[a-zA-Z0-9_]",
        ('W', false) => "[^a-zA-Z0-9_]",
        ('/', _) => "/",
        _ => "\\" + c,
    };
}
