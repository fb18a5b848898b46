namespace Davit.Manifest.Interpolation;

/// <summary>Finds the brace that closes an expression with an operator.</summary>
internal static class TemplateBraces
{
    /// <summary>
    /// The index of the closing brace, or -1. An expression does not reach beyond its line. Every opening brace counts,
    /// and the character after it never does; when braces do not add up, the last one of the line closes.
    /// </summary>
    public static int Close(string text, int dollar, int operandStart)
    {
        var open = 0;
        var last = -1;
        for (var at = dollar; at < text.Length && (text[at] is not '\n' || at < operandStart); at++)
        {
            switch (text[at])
            {
                case '}' when --open is 0:
                    return at;
                case '{':
                    open++;
                    at++;
                    break;
            }

            if (at < text.Length && text[at] is '}' && at >= operandStart)
                last = at;
        }

        return last;
    }
}
