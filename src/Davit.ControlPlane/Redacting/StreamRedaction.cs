using System.Text;

namespace Davit.ControlPlane.Redacting;

/// <summary>
/// Takes secrets out of bytes that come piece by piece. What may be the beginning of one is held back until more comes, or
/// until whoever reads has waited long enough: a prompt must not wait for what is never typed.
/// </summary>
internal sealed class StreamRedaction
{
    private const int MostHeldBack = 8 * 1024;

    private string _held = "";

    public bool IsHolding => _held is not "";

    /// <returns>What may be passed on now.</returns>
    public byte[] Take(Redactor redactor, ReadOnlySpan<byte> piece)
    {
        var text = _held + Encoding.Latin1.GetString(piece);
        var bytes = redactor.OfBytes;
        var cut = bytes.BegunAt(text, MostHeldBack);
        _held = text[cut..];
        return Encoding.Latin1.GetBytes(bytes.Apply(text[..cut]));
    }

    /// <returns>What was held back, which nothing follows.</returns>
    public byte[] End(Redactor redactor)
    {
        var rest = redactor.OfBytes.Apply(_held);
        _held = "";
        return Encoding.Latin1.GetBytes(rest);
    }
}
