using System.Text;

namespace Davit.Contracts.Documents;

/// <summary>Where a character of a text lies in its bytes.</summary>
internal sealed class ByteOffsets
{
    private const int Stride = 256;

    private readonly string _text;
    private readonly int[] _marks;

    /// <param name="skipped">Bytes before the first character.</param>
    public ByteOffsets(string text, int skipped)
    {
        _text = text;
        _marks = new int[(text.Length / Stride) + 1];
        _marks[0] = skipped;
        for (var i = 1; i < _marks.Length; i++)
            _marks[i] = _marks[i - 1] + Encoding.UTF8.GetByteCount(text.AsSpan((i - 1) * Stride, Stride));
    }

    public int Of(long character)
    {
        var at = (int)Math.Clamp(character, 0, _text.Length);
        var mark = at / Stride;
        return _marks[mark] + Encoding.UTF8.GetByteCount(_text.AsSpan((mark * Stride)..at));
    }
}
