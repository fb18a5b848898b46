using Davit.Contracts.Documents;

namespace Davit.Contracts.AsyncApi.Model;

/// <summary>Reads version 3, where operations refer to channels and to messages of channels.</summary>
internal sealed class Version3
{
    private readonly AsyncDocument _document;
    private readonly List<AsyncChannel> _channels;
    private readonly Dictionary<Node, AsyncChannel> _byNode = [];
    private readonly HashSet<AsyncChannel> _used = [];
    private readonly Dictionary<AsyncChannel, List<AsyncMessage>> _messages;
    private readonly Dictionary<AsyncChannel, Dictionary<Node, AsyncMessage>> _messagesByNode = [];

    private Version3(AsyncDocument document)
    {
        _document = document;
        _channels = [.. document.Members(document.Root["channels"]).Select(c => new AsyncChannel(document, c.Name, c.Node["address"].Text, c.Node, c.Site))];
        foreach (var channel in _channels)
            _byNode.TryAdd(channel.Node, channel);
        _messages = _channels.ToDictionary(c => c, c => c.Node["messages"].IsObject ? MessagesOf(c) : []);
    }

    public static (IReadOnlyList<AsyncChannel> Channels, IReadOnlyList<AsyncOperation> Operations) Read(AsyncDocument document)
    {
        var reader = new Version3(document);
        List<AsyncOperation> operations = [.. document.Members(document.Root["operations"]).Select(o => reader.Operation(o.Name, o.Node, o.Site)).OfType<AsyncOperation>()];
        operations.AddRange(reader._channels.Where(c => !reader._used.Contains(c)).SelectMany(reader.Implicit));
        return (reader._channels, operations);
    }

    private List<AsyncMessage> MessagesOf(AsyncChannel channel) =>
        channel.Node["messages"].Children.ToList().FindAll(m => m.IsObject && !m.Name!.StartsWith("x-", StringComparison.Ordinal)).ConvertAll(m => new AsyncMessage(_document, m, m.Name!));

    /// <summary>Whoever only knows the channel may send to it and read from it.</summary>
    private IEnumerable<AsyncOperation> Implicit(AsyncChannel channel) => ((AsyncAction[])[AsyncAction.Receive, AsyncAction.Send]).Select(action =>
        new AsyncOperation(action, channel, "", new Traited(default, []), channel.Site, IsImplicit: true) { Messages = _messages[channel] });

    private AsyncOperation? Operation(string key, Node node, Node site)
    {
        AsyncAction? action = node["action"].Text switch { "receive" => AsyncAction.Receive, "send" => AsyncAction.Send, _ => null };
        if (action is not { } known || Channel(node["channel"]) is not { } channel)
            return null;
        return new AsyncOperation(known, channel, key, Traited.Of(_document, node), site) { Messages = Messages(node["messages"], channel), Reply = Reply(_document.Resolve(node["reply"])) };
    }

    private AsyncChannel? Channel(Node site)
    {
        if (!site.IsObject)
            return null;
        var node = _document.Resolve(site);
        if (!_byNode.TryGetValue(node, out var channel))
            _byNode[node] = channel = new AsyncChannel(_document, "", node["address"].Text, node, site);
        _used.Add(channel);
        return channel;
    }

    /// <summary>Those that are named, or all of the channel.</summary>
    private List<AsyncMessage> Messages(Node named, AsyncChannel channel)
    {
        if (!_messages.TryGetValue(channel, out var all))
            _messages[channel] = all = MessagesOf(channel);
        if (!named.IsArray)
            return all;
        if (!_messagesByNode.TryGetValue(channel, out var byNode))
            _messagesByNode[channel] = byNode = all.DistinctBy(m => m.Node).ToDictionary(m => m.Node);
        return [.. named.Children.ToList().Where(m => m.IsObject).Select(m => byNode.TryGetValue(_document.Resolve(m), out var message) ? message : new AsyncMessage(_document, m, ""))];
    }

    private AsyncReply? Reply(Node reply)
    {
        if (!reply.IsObject)
            return null;
        var channel = Channel(reply["channel"]);
        var messages = channel is not null ? Messages(reply["messages"], channel) : reply["messages"].Children.ToList().FindAll(m => m.IsObject).ConvertAll(m => new AsyncMessage(_document, m, ""));
        return new AsyncReply(reply, channel?.Told ?? "", _document.Resolve(reply["address"])["location"].Text ?? "", messages);
    }
}
