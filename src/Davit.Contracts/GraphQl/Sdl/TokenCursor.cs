using Davit.Contracts.Documents;
using Davit.Contracts.GraphQl.Model;

namespace Davit.Contracts.GraphQl.Sdl;

/// <summary>The words of a schema, one at a time.</summary>
internal sealed class TokenCursor
{
    private const int Deepest = 200;

    private readonly SourceText _source;
    private readonly Lexer _lexer;
    private int _depth;

    public TokenCursor(SourceText source, ReadLimits limits)
    {
        _source = source;
        _lexer = new Lexer(source, limits.Nodes);
        Current = _lexer.Next();
    }

    public Token Current { get; private set; }

    /// <summary>Where the word before the current one ended.</summary>
    public int LastEnd { get; private set; }

    public bool IsAtEnd => Current.Kind is TokenKind.End;

    public Token Take()
    {
        var taken = Current;
        LastEnd = taken.End;
        Current = _lexer.Next();
        return taken;
    }

    public bool TryTake(string punctuator)
    {
        if (!Current.Is(punctuator))
            return false;
        Take();
        return true;
    }

    public void Expect(string punctuator)
    {
        if (!TryTake(punctuator))
            throw Fault($"'{punctuator}' is expected here, not {Current.Told}");
    }

    public bool TryTakeWord(string word)
    {
        if (Current.Kind is not TokenKind.Name || Current.Text != word)
            return false;
        Take();
        return true;
    }

    public Token Name() => Current.Kind is TokenKind.Name ? Take() : throw Fault($"a name is expected here, not {Current.Told}");

    public Origin Since(int start) => new(_source, start, Math.Max(start, LastEnd));

    public Origin Of(Token token) => new(_source, token.Start, token.End);

    public UnreadableException Fault(string what) => _lexer.Fault(what, Current.Start, Current.End);

    /// <summary>Values and types may hold others, but not so deeply that reading them exhausts the stack.</summary>
    public void Deeper()
    {
        if (++_depth > Deepest)
            throw new UnreadableException(UnreadableCodes.TooDeep, $"values are nested more than {Deepest} deep", _source.Between(Current.Start, Current.End));
    }

    public void Shallower() => _depth--;

    /// <summary>Zero or more of something between two punctuators; nothing where the first one is missing.</summary>
    public IReadOnlyList<T> Optional<T>(string open, string close, Func<T> read)
    {
        if (!TryTake(open))
            return [];
        var all = new List<T>();
        while (!TryTake(close))
        {
            if (IsAtEnd)
                throw Fault($"'{close}' is missing");
            all.Add(read());
        }

        return all;
    }
}
