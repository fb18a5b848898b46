using System.Collections.Immutable;

namespace Davit.Planning.Configuring;

/// <summary>One piece of a template. Closed.</summary>
internal abstract record Piece
{
    private Piece()
    {
    }

    public sealed record Text(string Value) : Piece;

    /// <param name="Name">With dots, as written.</param>
    /// <param name="Operator">"" or one of <c>:-</c> <c>-</c> <c>:?</c> <c>?</c> <c>:+</c> <c>+</c>.</param>
    /// <param name="At">Where its dollar stands in the template.</param>
    public sealed record Reference(string Name, string Operator, ImmutableArray<Piece> Operand, int At) : Piece;
}

/// <summary>Where and why a template cannot be read.</summary>
internal sealed record Broken(int At, string Why);

/// <summary>
/// Reads <c>${NAME}</c> with dots in names, the operators of the Compose Specification (12-interpolation) with operands that may
/// hold references again, and <c>$$</c> for a dollar. A dollar before anything else is a dollar.
/// </summary>
internal ref struct Template(string source)
{
    private const int MaxDepth = 20;

    private readonly string _source = source;
    private int _at = 0;
    private Broken? _broken = null;

    public static (ImmutableArray<Piece> Pieces, Broken? Broken) Parse(string source)
    {
        var reader = new Template(source);
        var pieces = reader.Pieces(0);
        return reader._broken is { } broken ? ([], broken) : (pieces, null);
    }

    /// <summary>Up to the end, or within an operand up to the brace that closes it.</summary>
    private ImmutableArray<Piece> Pieces(int depth)
    {
        var pieces = ImmutableArray.CreateBuilder<Piece>();
        var text = new System.Text.StringBuilder();
        while (_broken is null && _at < _source.Length && !(depth > 0 && _source[_at] is '}'))
        {
            if (_source[_at] is not '$')
            {
                text.Append(_source[_at++]);
            }
            else if (Next is '$')
            {
                text.Append('$');
                _at += 2;
            }
            else if (Next is '{')
            {
                Flush();
                pieces.Add(Reference(depth));
            }
            else
            {
                text.Append(_source[_at++]);
            }
        }

        Flush();
        return pieces.ToImmutable();

        void Flush()
        {
            if (text.Length > 0)
                pieces.Add(new Piece.Text(text.ToString()));
            text.Clear();
        }
    }

    private readonly char Next => _at + 1 < _source.Length ? _source[_at + 1] : '\0';

    private Piece Reference(int depth)
    {
        var dollar = _at;
        _at += 2;
        var name = Name();
        if (name is "")
            return Fail(dollar, "a name must follow '${'; write a literal '$' as '$$'");
        if (depth >= MaxDepth)
            return Fail(dollar, $"operands are nested more than {MaxDepth} deep");
        var op = Operator();
        if (op is null)
            return Fail(dollar, $"after '{name}' must come '}}' or one of :- - :? ? :+ +");
        var operand = op is "" ? [] : Pieces(depth + 1);
        if (_broken is null && (_at >= _source.Length || _source[_at] is not '}'))
            return Fail(dollar, "the '}' that closes it is missing");
        _at++;
        return new Piece.Reference(name, op, operand, dollar);
    }

    /// <summary>Segments of letters, digits and '_', with dots between them; a service's name may have dashes, because its property comes after it.</summary>
    private string Name()
    {
        var start = _at;
        while (_at < _source.Length && (char.IsAsciiLetterOrDigit(_source[_at]) || _source[_at] is '_' or '.' || (_source[_at] is '-' && IsService(start))))
            _at++;
        var name = _source[start.._at];
        return name is "" || char.IsAsciiDigit(name[0]) || name[0] is '.' || name[^1] is '.' || name.Contains("..", StringComparison.Ordinal) ? "" : name;
    }

    private readonly bool IsService(int start) => _source.AsSpan(start, _at - start) is var name && name.StartsWith("services.", StringComparison.Ordinal) && name.Count('.') is 1;

    private string? Operator()
    {
        if (_at >= _source.Length || _source[_at] is '}')
            return "";
        var length = _source[_at] is ':' ? 2 : 1;
        if (_at + length > _source.Length || _source[_at + length - 1] is not ('-' or '?' or '+'))
            return null;
        var op = _source.Substring(_at, length);
        _at += length;
        return op;
    }

    private Piece.Text Fail(int at, string why)
    {
        _broken ??= new(at, why);
        _at = _source.Length;
        return new Piece.Text("");
    }
}
