using Davit.Contracts.Documents;
using Davit.Contracts.JsonSchemas.Schemas;
using Davit.Contracts.OpenApi.Model;

namespace Davit.Contracts.AsyncApi.Model;

/// <summary>An AsyncAPI description, whichever version it is written in.</summary>
internal sealed class AsyncDocument
{
    private readonly References _references;
    private readonly Lazy<Api> _openApi;

    private AsyncDocument(Node root, FileSet files)
    {
        (Root, _references) = (root, new References(files));
        Schemas = Api.OfSchemas(root, files, Dialect.Draft07, hasNullable: false);
        _openApi = new(() => Api.OfSchemas(root, files, Dialect.Draft04, hasNullable: true));
        Merging = new TraitMerging(this);
        Servers = [.. Members(root["servers"]).Select(s => new AsyncServer(this, s.Name, s.Node, s.Site))];
        (Channels, Operations) = IsV3 ? Version3.Read(this) : Version2.Read(this);
    }

    public Node Root { get; }

    /// <summary>Where the schemas are found that are written in JSON Schema.</summary>
    public Api Schemas { get; }

    /// <summary>The same for those in the language of OpenAPI 3.0.</summary>
    public Api OpenApiSchemas => _openApi.Value;

    public TraitMerging Merging { get; }

    public IReadOnlyList<AsyncServer> Servers { get; }

    public IReadOnlyList<AsyncChannel> Channels { get; }

    public IReadOnlyList<AsyncOperation> Operations { get; }

    public bool IsV3 => Root["asyncapi"].Scalar is ['3', ..];

    public string DefaultContentType => Root["defaultContentType"].Text ?? "";

    /// <exception cref="UnreadableException">It is written in a version that is not known, or refers to what is not there.</exception>
    public static AsyncDocument Read(ContractSource source)
    {
        var files = new FileSet(source);
        var root = files.Open(source.Path).Root;
        var version = root["asyncapi"];
        return version.Scalar is ['2', '.', >= '0' and <= '6', '.', _, ..] or ['3', '.', '0' or '1', '.', _, ..] ? new AsyncDocument(root, files)
            : throw new UnreadableException(UnreadableCodes.Version, $"version {version.Scalar ?? "?"} is not known; 2.0 to 2.6, 3.0 and 3.1 are", version.Where);
    }

    public Node Resolve(Node node) => _references.Resolve(node, out _);

    public Node Resolve(Node node, out string? name) => _references.Resolve(node, out name);

    /// <summary>The members of an object with what they refer to; extensions left out.</summary>
    public IEnumerable<NamedNode> Members(Node node) => node.IsObject
        ? node.Children.ToList().Where(c => !c.Name!.StartsWith("x-", StringComparison.Ordinal)).Select(c => new NamedNode(c.Name!, Resolve(c), c))
        : [];
}
