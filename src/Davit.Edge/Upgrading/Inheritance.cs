namespace Davit.Edge.Upgrading;

/// <summary>The listening sockets that the process before left open for this one; each can be taken once.</summary>
internal sealed class Inheritance(IReadOnlyDictionary<string, int> descriptors)
{
    private readonly Dictionary<string, int> _left = new(descriptors, StringComparer.Ordinal);

    /// <summary>For a process that was started anew.</summary>
    public static Inheritance None { get; } = new(new Dictionary<string, int>(StringComparer.Ordinal));

    public static string Tcp(int port) => FormattableString.Invariant($"tcp-{port}");

    public ListeningSocket? Take(string name) => _left.Remove(name, out var descriptor) ? ListeningSocket.Inherit(descriptor) : null;

    /// <summary>What nobody takes must not stay open: its connections would wait for ever.</summary>
    public void CloseRest()
    {
        foreach (var name in _left.Keys.ToArray())
            Take(name)?.Dispose();
    }
}
