using Davit.Contracts.Documents;

namespace Davit.Contracts.AsyncApi.Model;

/// <summary>Reads versions 2.0 to 2.6, where a channel holds what is done with it.</summary>
internal static class Version2
{
    public static (IReadOnlyList<AsyncChannel> Channels, IReadOnlyList<AsyncOperation> Operations) Read(AsyncDocument document)
    {
        List<AsyncChannel> channels = [.. document.Members(document.Root["channels"]).Select(c => new AsyncChannel(document, "", c.Name, c.Node, c.Site))];
        return (channels, [.. channels.SelectMany(Operations)]);
    }

    private static IEnumerable<AsyncOperation> Operations(AsyncChannel channel)
    {
        foreach (var (verb, action) in ((string, AsyncAction)[])[("publish", AsyncAction.Receive), ("subscribe", AsyncAction.Send)])
        {
            var site = channel.Node[verb];
            if (!site.IsObject)
                continue;
            var traited = Traited.Of(channel.Document, channel.Document.Resolve(site));
            yield return new AsyncOperation(action, channel, traited["operationId"].Text ?? "", traited, site) { Messages = Messages(channel.Document, traited.Node["message"]) };
        }
    }

    private static IReadOnlyList<AsyncMessage> Messages(AsyncDocument document, Node message)
    {
        if (!message.IsObject)
            return [];
        return document.Resolve(message)["oneOf"] is { IsArray: true } alternatives
            ? [.. alternatives.Children.ToList().Select(m => new AsyncMessage(document, m, ""))]
            : [new AsyncMessage(document, message, "")];
    }
}
