using Davit.Contracts.Documents;
using Davit.Contracts.OpenApi.Schemas;

namespace Davit.Contracts.OpenApi.Model;

internal sealed class Body(Api api, Node node, Node site)
{
    public Node Node { get; } = node;

    public Node Site { get; } = site;

    public bool IsRequired => Node["required"].Boolean is true;

    public IReadOnlyList<MediaType> Content { get; } = [.. api.Members(node["content"]).Select(m => new MediaType(api, m.Name, m.Node))];
}

internal sealed class MediaType(Api api, string name, Node node)
{
    public string Name { get; } = name;

    public Node Node { get; } = node;

    public SchemaRef? Schema => Node["schema"] is { Exists: true } schema ? api.Schemas.At(schema) : null;

    public SchemaRef? ItemSchema => Node["itemSchema"] is { Exists: true } schema ? api.Schemas.At(schema) : null;
}

internal sealed class Response(Api api, string status, Node node, Node site)
{
    /// <summary>Three digits, a range such as <c>2XX</c>, or <c>default</c>.</summary>
    public string Status { get; } = status;

    public Node Node { get; } = node;

    public Node Site { get; } = site;

    public bool IsCode => Status is [>= '0' and <= '9', >= '0' and <= '9', >= '0' and <= '9'];

    public bool IsSuccess => Status is ['2', _, _];

    public IReadOnlyList<MediaType> Content { get; } = [.. api.Members(node["content"]).Select(m => new MediaType(api, m.Name, m.Node))];

    /// <summary>Names of headers differ in more than case; of two that do not, the first counts.</summary>
    public IReadOnlyDictionary<string, Parameter> Headers { get; } = api.Members(node["headers"]).DistinctBy(h => h.Name, StringComparer.OrdinalIgnoreCase)
        .ToDictionary(h => h.Name, h => new Parameter(api, h.Site, isShared: false), StringComparer.OrdinalIgnoreCase);
}
