namespace Davit.Manifest.Interpolation;

/// <summary>How much text variables may bring into one load, so that values made of values cannot grow without end.</summary>
internal sealed class TextBudget
{
    private int _left = 4 * 1024 * 1024;

    public bool Take(string value)
    {
        _left -= Math.Min(value.Length, _left + 1);
        return _left >= 0;
    }
}
