using Davit.Contracts.Documents;
using Davit.Contracts.OpenApi.Model;

namespace Davit.Contracts.AsyncApi.Model;

/// <summary>A broker, or whatever messages go through.</summary>
internal sealed class AsyncServer(AsyncDocument document, string name, Node node, Node site)
{
    public AsyncDocument Document { get; } = document;

    public string Name { get; } = name;

    public Node Node { get; } = node;

    public Node Site { get; } = site;

    /// <summary>Host, port and path, without the scheme that version 2 may put in front.</summary>
    public string Address
    {
        get
        {
            if (Node["host"].Text is { } host)
                return (host + Node["pathname"].Text).TrimEnd('/');
            var url = Node["url"].Text ?? "";
            var scheme = url.IndexOf("://", StringComparison.Ordinal);
            return (scheme < 0 ? url : url[(scheme + 3)..]).TrimEnd('/');
        }
    }

    public Node AddressNode => Node["host"] is { Exists: true } host ? host : Node["url"];

    public IEnumerable<NamedNode> Variables => Document.Members(Node["variables"]);

    public IReadOnlyList<Alternative> Security => Alternative.Read(Document, Node["security"]);

    public Node Bindings => Document.Resolve(Node["bindings"]);
}
