using Davit.Contracts.Documents;
using Davit.Contracts.OpenApi.Schemas;

namespace Davit.Contracts.OpenApi.Model;

/// <summary>A parameter of an operation, or a header of a response, which has no place and no name of its own.</summary>
internal sealed class Parameter(Api api, Node site, bool isShared)
{
    public Node Site { get; } = site;

    public Node Node { get; } = api.Resolve(site);

    /// <summary>Given for all operations of the path.</summary>
    public bool IsShared { get; } = isShared;

    public string In => Node["in"].Text ?? "";

    public string Name => Node["name"].Text ?? "";

    public Lifecycle Lifecycle => new(Node);

    /// <summary>A variable of the path is always there.</summary>
    public bool IsRequired => Node["required"].Boolean is true;

    public SchemaRef? Schema => Node["schema"] is { Exists: true } schema ? api.Schemas.At(schema) : null;

    public IReadOnlyList<MediaType> Content => [.. api.Members(Node["content"]).Select(m => new MediaType(api, m.Name, m.Node))];

    public string Style => Node["style"].Text ?? (In is "query" or "cookie" ? "form" : "simple");

    public bool Explode => Node["explode"].Boolean ?? Style is "form";
}
