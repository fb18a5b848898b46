using System.Text;

namespace Davit.Contracts.JsonSchemas.Deciding;

/// <summary>Makes a few texts that a regular expression probably matches. They are only candidates: the expression itself is asked later.</summary>
internal sealed class PatternSamples
{
    private const int Variants = 6;
    private const int Longest = 400;

    private readonly string _pattern;
    private readonly int _variant;
    private int _at;
    private int _depth;

    private PatternSamples(string pattern, int variant) => (_pattern, _variant) = (pattern, variant);

    public static IEnumerable<string> Of(string pattern)
    {
        if (pattern.Length > 1_000)
            return [];
        return Enumerable.Range(0, Variants).Select(v => new PatternSamples(pattern, v).Alternatives());
    }

    private string Alternatives()
    {
        if (_depth++ > 50)
            _at = _pattern.Length;
        var all = new List<string> { Sequence() };
        while (_at < _pattern.Length && _pattern[_at] is '|')
        {
            _at++;
            all.Add(Sequence());
        }

        _depth--;
        return all[_variant % all.Count];
    }

    private string Sequence()
    {
        var text = new StringBuilder();
        while (_at < _pattern.Length && _pattern[_at] is not ('|' or ')'))
        {
            var one = Atom();
            for (var i = Times(); i > 0 && text.Length < Longest; i--)
                text.Append(one);
        }

        return text.ToString();
    }

    private string Atom()
    {
        switch (_pattern[_at++])
        {
            case '^' or '$':
                return "";
            case '.':
                return "x";
            case '[':
                return Class();
            case '\\' when _at < _pattern.Length:
                return Escape(_pattern[_at++]);
            case '(':
                return Group();
            case var c:
                return c.ToString();
        }
    }

    private string Group()
    {
        var isEmpty = false;
        if (_pattern.AsSpan(_at) is ['?', var kind, ..])
        {
            isEmpty = kind is '=' or '!';
            _at += _pattern.AsSpan(_at) is ['?', '<', ..] && _pattern.IndexOf('>', _at) is > 0 and var end ? end - _at + 1 : 2;
        }

        var text = Alternatives();
        if (_at < _pattern.Length)
            _at++;
        return isEmpty ? "" : text;
    }

    private static string Escape(char c) => c switch
    {
        'd' => "1",
        'w' => "w",
        's' => " ",
        'D' or 'S' => "x",
        'W' => "-",
        'b' or 'B' => "",
        'n' => "\n",
        't' => "\t",
        'r' => "\r",
        _ => c.ToString(),
    };

    private string Class()
    {
        var isNegated = _at < _pattern.Length && _pattern[_at] is '^';
        if (isNegated)
            _at++;
        var members = new List<char>();
        while (_at < _pattern.Length && _pattern[_at] is not ']')
        {
            var c = _pattern[_at++];
            if (c is '\\' && _at < _pattern.Length)
                c = Escape(_pattern[_at++]) is [var escaped] ? escaped : 'x';
            members.Add(c);
            if (_at + 1 < _pattern.Length && _pattern[_at] is '-' && _pattern[_at + 1] is not ']')
            {
                for (var next = c + 1; next <= _pattern[_at + 1] && members.Count < 200; next++)
                    members.Add((char)next);
                _at += 2;
            }
        }

        _at++;
        if (isNegated)
            return "x0 ~éA".Where(c => !members.Contains(c)).Select(c => c.ToString()).FirstOrDefault("\u2603");
        return members is [] ? "" : members[_variant * 7 % members.Count].ToString();
    }

    private int Times()
    {
        if (_at >= _pattern.Length)
            return 1;
        var times = _pattern[_at] switch
        {
            '*' => _variant % 3,
            '+' => 1 + (_variant % 3),
            '?' => _variant % 2,
            '{' => Counted(),
            _ => -1,
        };
        if (times < 0)
            return 1;
        _at++;
        if (_at < _pattern.Length && _pattern[_at] is '?')
            _at++;
        return times;
    }

    private int Counted()
    {
        var end = _pattern.IndexOf('}', _at);
        if (end < 0)
            return -1;
        var parts = _pattern[(_at + 1)..end].Split(',');
        if (!int.TryParse(parts[0], System.Globalization.CultureInfo.InvariantCulture, out var least))
            return -1;
        _at = end;
        var most = parts.Length is 1 ? least : int.TryParse(parts[1], System.Globalization.CultureInfo.InvariantCulture, out var given) ? given : least + 2;
        return Math.Min(Longest, _variant % 2 is 0 ? least : most);
    }
}
