using Davit.Contracts.Documents;
using Davit.Contracts.OpenApi.Schemas;

namespace Davit.Contracts.OpenApi.Model;

/// <summary>An OpenAPI description, whichever version it is written in.</summary>
internal sealed class Api
{
    private readonly References _references;

    private Api(Node root, References references, string prefix)
    {
        Root = root;
        _references = references;
        Schemas = new SchemaSource(references);
        Paths = [.. Members(root["paths"]).Select(p => new PathItem(this, p.Name.StartsWith(prefix, StringComparison.Ordinal) ? p.Name[prefix.Length..] : p.Name, p.Node))];
        Webhooks = [.. Members(root["webhooks"]).Select(p => new PathItem(this, p.Name, p.Node))];
    }

    public Node Root { get; }

    public SchemaSource Schemas { get; }

    public IReadOnlyList<PathItem> Paths { get; }

    public IReadOnlyList<PathItem> Webhooks { get; }

    public Node Security => Root["security"];

    public Node Version => Root["info"]["version"];

    /// <param name="prefix">What is taken away from the front of its paths.</param>
    public static Api Read(Node root, FileSet files, string prefix) => new(root, new References(files), prefix);

    public Node Component(string kind, string name) => Root["components"][kind][name];

    public IEnumerable<NamedNode> Components(string kind) => Members(Root["components"][kind]);

    public Node Resolve(Node node) => _references.Resolve(node, out _);

    /// <summary>The members of an object with what they refer to; extensions left out.</summary>
    public IEnumerable<NamedNode> Members(Node node) => node.IsObject
        ? node.Children.ToList().Where(c => !c.Name!.StartsWith("x-", StringComparison.Ordinal)).Select(c => new NamedNode(c.Name!, Resolve(c), c))
        : [];
}

/// <param name="Site">Where it is used, which is elsewhere when it is a reference.</param>
internal sealed record NamedNode(string Name, Node Node, Node Site);
