namespace Davit.Contracts.GraphQl.Sdl;

internal enum TokenKind : byte
{
    End,
    Punctuator,
    Name,
    Int,
    Float,
    String,
}

/// <summary>One word of a schema; <paramref name="Start"/> and <paramref name="End"/> count bytes.</summary>
/// <param name="Text">A name, a numeral or a punctuator as it is written; what a string says.</param>
internal readonly record struct Token(TokenKind Kind, string Text, int Start, int End)
{
    public bool Is(string punctuator) => Kind is TokenKind.Punctuator && Text == punctuator;

    public string Told => Kind switch
    {
        TokenKind.End => "the end of the file",
        TokenKind.String => "a string",
        _ => $"'{Text}'",
    };
}
