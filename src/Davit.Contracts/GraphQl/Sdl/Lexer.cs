using System.Collections.Frozen;
using System.Text;
using Davit.Contracts.Documents;

namespace Davit.Contracts.GraphQl.Sdl;

/// <summary>Reads a schema word by word, GraphQL specification section 2.1. It keeps nothing but its place, so hostile text costs no memory.</summary>
internal sealed class Lexer
{
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Known = FrozenSet.ToFrozenSet(
        ["String", "Int", "Float", "Boolean", "ID", "type", "interface", "union", "enum", "input", "scalar", "directive", "extend", "implements", "deprecated", "reason", "id", "name", "first", "after", "last", "before"], StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    private readonly SourceText _source;
    private readonly byte[] _bytes;
    private readonly int _most;
    private int _at;
    private int _count;

    public Lexer(SourceText source, int mostTokens)
    {
        _source = source;
        _bytes = source.Bytes;
        _most = mostTokens;
        _at = _bytes.AsSpan().StartsWith(Utf8.Mark) ? Utf8.Mark.Length : 0;
    }

    public Token Next()
    {
        SkipIgnored();
        var start = _at;
        if (_at >= _bytes.Length)
            return new Token(TokenKind.End, "", start, start);
        if (++_count > _most)
            throw new UnreadableException(UnreadableCodes.TooMany, $"the file has more than {_most} words", _source.Between(start, start));
        return _bytes[_at] switch
        {
            (byte)'"' => Text(start),
            (byte)'-' or (>= (byte)'0' and <= (byte)'9') => Number(start),
            (byte)'_' or (>= (byte)'a' and <= (byte)'z') or (>= (byte)'A' and <= (byte)'Z') => Name(start),
            _ => Punctuator(start),
        };
    }

    public UnreadableException Fault(string what, int start, int end) => new(UnreadableCodes.Syntax, what, _source.Between(start, end));

    private void SkipIgnored()
    {
        for (; _at < _bytes.Length; _at++)
        {
            if (_bytes[_at] is (byte)'#')
            {
                var rest = _bytes.AsSpan(_at).IndexOfAny((byte)'\n', (byte)'\r');
                _at = rest < 0 ? _bytes.Length : _at + rest;
                if (rest < 0)
                    return;
            }
            else if (_bytes[_at] is not ((byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)','))
            {
                return;
            }
        }
    }

    private Token Punctuator(int start)
    {
        if (_bytes[start] is (byte)'.' && _bytes.AsSpan(start).StartsWith("..."u8))
        {
            _at += 3;
            return new Token(TokenKind.Punctuator, "...", start, _at);
        }

        var text = _bytes[start] switch
        {
            (byte)'!' => "!",
            (byte)'$' => "$",
            (byte)'&' => "&",
            (byte)'(' => "(",
            (byte)')' => ")",
            (byte)':' => ":",
            (byte)'=' => "=",
            (byte)'@' => "@",
            (byte)'[' => "[",
            (byte)']' => "]",
            (byte)'{' => "{",
            (byte)'|' => "|",
            (byte)'}' => "}",
            _ => throw Fault($"{Shown(start)} has no meaning here", start, start),
        };
        _at++;
        return new Token(TokenKind.Punctuator, text, start, _at);
    }

    private string Shown(int at)
    {
        Rune.DecodeFromUtf8(_bytes.AsSpan(at), out var rune, out _);
        return rune.Value < ' ' ? $"the character U+{rune.Value:X4}" : $"'{rune}'";
    }

    private Token Name(int start)
    {
        while (_at < _bytes.Length && IsNameByte(_bytes[_at]))
            _at++;
        return new Token(TokenKind.Name, Written(start), start, _at);
    }

    private Token Number(int start)
    {
        var kind = TokenKind.Int;
        if (_bytes[_at] is (byte)'-')
            _at++;
        var first = _at;
        Digits(start);
        if (_at - first > 1 && _bytes[first] is (byte)'0')
            throw Fault("a number does not begin with a zero", start, _at);
        if (Peek() is '.')
        {
            kind = TokenKind.Float;
            _at++;
            Digits(start);
        }

        if (Peek() is 'e' or 'E')
        {
            kind = TokenKind.Float;
            _at++;
            if (Peek() is '+' or '-')
                _at++;
            Digits(start);
        }

        if (Peek() is '.' || (_at < _bytes.Length && IsNameByte(_bytes[_at])))
            throw Fault("a number ends with a digit", start, _at);
        return new Token(kind, Written(start), start, _at);
    }

    private void Digits(int start)
    {
        var first = _at;
        while (_at < _bytes.Length && _bytes[_at] is >= (byte)'0' and <= (byte)'9')
            _at++;
        if (_at == first)
            throw Fault("a digit is expected here", Math.Min(_at, _bytes.Length), Math.Max(start, _at));
    }

    private char Peek() => _at < _bytes.Length ? (char)_bytes[_at] : '\0';

    private Token Text(int start)
    {
        var text = StringLiteral.Read(_source, start, out _at);
        return new Token(TokenKind.String, text, start, _at);
    }

    private static bool IsNameByte(byte b) => b is (byte)'_' or (>= (byte)'a' and <= (byte)'z') or (>= (byte)'A' and <= (byte)'Z') or (>= (byte)'0' and <= (byte)'9');

    /// <summary>Words that stand in every schema thousands of times are kept once.</summary>
    private string Written(int start)
    {
        var bytes = _bytes.AsSpan(start.._at);
        if (bytes.Length > 16)
            return Encoding.UTF8.GetString(bytes);
        Span<char> chars = stackalloc char[16];
        var length = Encoding.UTF8.GetChars(bytes, chars);
        return Known.TryGetValue(chars[..length], out var known) ? known : chars[..length].ToString();
    }
}
