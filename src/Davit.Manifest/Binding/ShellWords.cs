using System.Text;

namespace Davit.Manifest.Binding;

/// <summary>
/// Splits a command written as text into arguments. Nothing is run and nothing is expanded: quotes and backslashes
/// only say where an argument ends, and an operator such as <c>|</c> ends the command.
/// </summary>
internal sealed class ShellWords
{
    private readonly List<string> _words = [];
    private readonly StringBuilder _word = new();
    private bool _escaped;
    private bool _single;
    private bool _double;
    private bool _back;
    private bool _dollar;
    private bool _hasWord;

    private bool IsOpen => _single || _double || _back || _dollar;

    /// <summary>The arguments, or <see langword="null"/> when a quote or bracket is left open.</summary>
    public static IReadOnlyList<string>? Split(string text)
    {
        var words = new ShellWords();
        foreach (var rune in text)
        {
            switch (words.Take(rune))
            {
                case Step.Broken:
                    return null;
                case Step.End:
                    return words.Finish();
            }
        }

        return words.Finish();
    }

    private enum Step
    {
        Next,
        End,
        Broken,
    }

    private List<string>? Finish()
    {
        if (_hasWord)
            _words.Add(_word.ToString());
        return _escaped || IsOpen ? null : _words;
    }

    private Step Take(char c)
    {
        if (_escaped)
        {
            _escaped = false;
            return Append(c is 't' ? '\t' : c is 'n' ? '\n' : c);
        }

        return c switch
        {
            '\\' when !_single => Escape(),
            ' ' or '\t' or '\r' or '\n' => Space(c),
            '"' when !_single && !_dollar => Quote(ref _double),
            '\'' when !_double && !_dollar => Quote(ref _single),
            '(' when !_single && !_double && !_back => Open(),
            ';' or '&' or '|' or '<' or '>' when !IsOpen => Operator(c),
            _ => Plain(c),
        };
    }

    private Step Escape()
    {
        _escaped = true;
        return Step.Next;
    }

    private Step Space(char c)
    {
        if (IsOpen)
        {
            _word.Append(c);
        }
        else if (_hasWord)
        {
            _words.Add(_word.ToString());
            _word.Clear();
            _hasWord = false;
        }

        return Step.Next;
    }

    private Step Quote(ref bool quote)
    {
        _hasWord |= quote;
        quote = !quote;
        return Step.Next;
    }

    private Step Open()
    {
        if (_dollar || _word.Length is 0 || _word[^1] is not '$')
            return Step.Broken;
        _dollar = true;
        _word.Append('(');
        return Step.Next;
    }

    private Step Operator(char c)
    {
        if (c is '>' && _word.Length > 0 && char.IsAsciiDigit(_word[0]))
            _hasWord = false;
        return Step.End;
    }

    private Step Plain(char c)
    {
        if (c is '`' && !_single && !_double && !_dollar)
            _back = !_back;
        else if (c is ')' && !_single && !_double && !_back)
            _dollar = !_dollar;
        return Append(c);
    }

    private Step Append(char c)
    {
        _hasWord = true;
        _word.Append(c);
        return Step.Next;
    }
}
