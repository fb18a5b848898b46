namespace Davit.Contracts.Protobuf.Model;

/// <summary>Who sends which messages, by the methods of a set. Where there are none nobody can tell, and consumers are taken to send all.</summary>
internal sealed class Uses(ProtoSet set)
{
    private readonly Lazy<HashSet<string>> _sent = new(() => Reached(set, m => m.Input));
    private readonly Lazy<HashSet<string>> _received = new(() => Reached(set, m => m.Output));

    /// <summary>Consumers send it.</summary>
    public bool IsSent(ProtoMessage message) => set.Services.Count is 0 || _sent.Value.Contains(message.FullName) || !_received.Value.Contains(message.FullName);

    /// <summary>The provider sends it.</summary>
    public bool IsReceived(ProtoMessage message) => _received.Value.Contains(message.FullName);

    private static HashSet<string> Reached(ProtoSet set, Func<ProtoMethod, string> root)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(set.Services.Values.SelectMany(s => s.Methods).Select(root));
        while (open.TryPop(out var name))
        {
            if (set.Message(name) is not { } message || !reached.Add(name))
                continue;
            foreach (var field in message.Fields.Where(f => f.TypeName is not ""))
                open.Push(field.TypeName);
        }

        return reached;
    }
}
