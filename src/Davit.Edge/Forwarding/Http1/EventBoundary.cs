namespace Davit.Edge.Forwarding.Http1;

/// <summary>Knows whether a body so far ends with the empty line that ends an event (WHATWG HTML, server-sent events).</summary>
internal struct EventBoundary
{
    private uint _last;

    public readonly bool IsBetweenEvents => (_last & 0xFFFF) is 0x0A0A || _last is 0x0D0A0D0A;

    public void Saw(ReadOnlySpan<byte> content)
    {
        foreach (var next in content.Length > 4 ? content[^4..] : content)
            _last = (_last << 8) | next;
    }
}
