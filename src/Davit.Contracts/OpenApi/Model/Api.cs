using Davit.Contracts.Documents;
using Davit.Contracts.JsonSchemas.Schemas;
using Davit.Contracts.OpenApi.Schemas;

namespace Davit.Contracts.OpenApi.Model;

/// <summary>An OpenAPI description, whichever version it is written in.</summary>
internal sealed class Api
{
    private readonly References _references;

    private Api(Node root, FileSet files, References references, string prefix)
    {
        Root = root;
        Files = files;
        _references = references;
        Schemas = new SchemaSource(references);
        Paths = [.. Members(root["paths"]).Select(p => new PathItem(this, p.Name.StartsWith(prefix, StringComparison.Ordinal) ? p.Name[prefix.Length..] : p.Name, p.Node))];
        Webhooks = [.. Members(root["webhooks"]).Select(p => new PathItem(this, p.Name, p.Node))];
    }

    public Node Root { get; }

    private AddressBook Addresses => field ??= new AddressBook(Paths);

    public FileSet Files { get; }

    public SchemaSource Schemas { get; }

    public IReadOnlyList<PathItem> Paths { get; }

    public IReadOnlyList<PathItem> Webhooks { get; }

    public Node Security => Root["security"];

    public Node Version => Root["info"]["version"];

    /// <param name="prefix">What is taken away from the front of its paths.</param>
    public static Api Read(Node root, FileSet files, string prefix)
    {
        var isOld = root["swagger"].Exists || root["openapi"].Scalar is ['3', '.', '0', ..];
        return new(root, files, new References(files), prefix) { Dialect = isOld ? Dialect.Draft04 : Dialect.Draft202012, HasNullable = isOld };
    }

    /// <summary>Only the schemas of a document of another format.</summary>
    public static Api OfSchemas(Node root, FileSet files, Dialect dialect, bool hasNullable) => new(root, files, new References(files), "") { Dialect = dialect, HasNullable = hasNullable };

    public Dialect Dialect { get; private init; }

    /// <summary>A schema may say that null is allowed beside its types.</summary>
    public bool HasNullable { get; private init; }

    /// <summary>Written in version 2.0.</summary>
    public bool IsV2 => Root["swagger"].Exists;

    /// <summary>The operation of an id; null when there is none, or several.</summary>
    public Operation? ById(string id) => Addresses.ById(id);

    /// <summary>The operation at the same address.</summary>
    public Operation? At(Operation other) => Addresses.At(other);

    /// <summary>The operation at an address that differs at most in capitals and in a slash at its end.</summary>
    public Operation? Spelt(Operation other) => Addresses.Spelt(other);

    public Node Component(string kind, string name) => Named(kind)[name];

    public IEnumerable<NamedNode> Components(string kind) => Members(Named(kind));

    /// <summary>Where the provider is reached.</summary>
    public IReadOnlyList<Server> Servers => IsV2 ? V2Servers() : [.. Root["servers"].Children.ToList().Where(s => s["url"].IsString).Select(s => new Server(s["url"].Text!, s))];

    public Node Resolve(Node node) => _references.Resolve(node, out _);

    private Node Named(string kind) => !IsV2 ? Root["components"][kind] : kind switch
    {
        "schemas" => Root["definitions"],
        "securitySchemes" => Root["securityDefinitions"],
        _ => Root[kind],
    };

    private List<Server> V2Servers()
    {
        var (host, path) = (Root["host"], Root["basePath"]);
        if (!host.Exists && !path.Exists)
            return [];
        var schemes = Root["schemes"].Children.ToList().Select(s => s.Text).OfType<string>().DefaultIfEmpty("https");
        return [.. schemes.Select(s => new Server(host.Exists ? $"{s}://{host.Text}{path.Text}" : path.Text ?? "", path.Exists ? path : host))];
    }

    /// <summary>The members of an object with what they refer to; extensions left out.</summary>
    public IEnumerable<NamedNode> Members(Node node) => node.IsObject
        ? node.Children.ToList().Where(c => !c.Name!.StartsWith("x-", StringComparison.Ordinal)).Select(c => new NamedNode(c.Name!, Resolve(c), c))
        : [];
}

/// <param name="Site">Where it is used, which is elsewhere when it is a reference.</param>
internal sealed record NamedNode(string Name, Node Node, Node Site);
