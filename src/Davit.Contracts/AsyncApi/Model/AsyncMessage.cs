using Davit.Contracts.Documents;

namespace Davit.Contracts.AsyncApi.Model;

/// <summary>A message with its traits merged in.</summary>
internal sealed class AsyncMessage
{
    private readonly AsyncDocument _document;
    private readonly Traited _traited;

    /// <param name="site">Where it is used; a reference or the message itself.</param>
    /// <param name="key">How its channel calls it; empty where it does not.</param>
    public AsyncMessage(AsyncDocument document, Node site, string key)
    {
        (_document, Site) = (document, site);
        Node = document.Resolve(site, out var reference);
        _traited = Traited.Of(document, Node);
        Names = [.. ((string?[])[key, _traited["messageId"].Text, Name, reference?[(reference.LastIndexOf('/') + 1)..]]).Where(n => n is { Length: > 0 }).OfType<string>()];
    }

    public Node Node { get; }

    public Node Site { get; }

    public AsyncDocument Document => _document;

    /// <summary>All it may be recognised by.</summary>
    public IReadOnlyList<string> Names { get; }

    public string Name => _traited["name"].Text ?? "";

    public string Told => Names is [var first, ..] ? $"message '{first}'" : "message";

    public Node ContentTypeNode => _traited["contentType"];

    /// <summary>What is sent as, by itself or by the default of the description.</summary>
    public string ContentType => ContentTypeNode.Text ?? _document.DefaultContentType;

    public bool HasOwnContentType => ContentTypeNode.Exists;

    public Node Correlation => _document.Resolve(_traited["correlationId"]);

    public IReadOnlyList<Node> Bindings => [.. _traited.All("bindings").Select(_document.Resolve)];

    public MessageSchema Payload => MessageSchema.Of(_document, Member("payload"), _traited["schemaFormat"]);

    public MessageSchema Headers => MessageSchema.Of(_document, Member("headers"), default);

    private Node Member(string name) => _traited.All(name) is [_, ..] layers ? _document.Merging.Merge(layers) : default;
}
