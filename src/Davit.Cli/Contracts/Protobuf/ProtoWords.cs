namespace Davit.Cli.Contracts.Protobuf;

/// <summary>The words of a Protobuf text: names, quoted texts with their quotes, and single characters. Comments are left out.</summary>
internal ref struct ProtoWords(ReadOnlySpan<char> text)
{
    private ReadOnlySpan<char> _left = text;

    public bool Next(out ReadOnlySpan<char> word)
    {
        Skip();
        word = _left[..Length(_left)];
        _left = _left[word.Length..];
        return !word.IsEmpty;
    }

    private void Skip()
    {
        for (var before = -1; before != _left.Length;)
        {
            _left = _left.TrimStart().TrimStart('\uFEFF');
            before = _left.Length;
            if (_left.StartsWith("//"))
                _left = From(_left.IndexOf('\n'));
            else if (_left.StartsWith("/*"))
                _left = From(_left[2..].IndexOf("*/") is >= 0 and var end ? end + 4 : -1);
        }
    }

    /// <summary>Nothing when there is no such place.</summary>
    private readonly ReadOnlySpan<char> From(int place) => place < 0 ? [] : _left[place..];

    private static int Length(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
            return 0;
        var length = 1;
        if (text[0] is '"' or '\'')
        {
            while (length < text.Length && text[length] is not '\n' && text[length] != text[0])
                length += text[length] is '\\' ? 2 : 1;
            return Math.Min(length + 1, text.Length);
        }

        while (IsOfName(text[0]) && length < text.Length && IsOfName(text[length]))
            length++;
        return length;
    }

    private static bool IsOfName(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '.';
}
