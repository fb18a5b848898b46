using Davit.Contracts.Documents;
using Davit.Contracts.OpenApi.Schemas;

namespace Davit.Contracts.OpenApi.Model;

/// <param name="Site">Where it is used, which is elsewhere when it is a reference.</param>
internal sealed record Body(Node Node, Node Site, bool IsRequired, IReadOnlyList<MediaType> Content);

/// <summary>A form in which a body may be sent.</summary>
internal sealed record MediaType(string Name, Node Node, SchemaRef? Schema)
{
    /// <summary>What each item of a sequence is.</summary>
    public SchemaRef? Item { get; init; }

    public static IReadOnlyList<MediaType> Read(Api api, Node content) =>
        [.. api.Members(content).Select(m => new MediaType(m.Name, m.Node, At(api, m.Node["schema"])) { Item = At(api, m.Node["itemSchema"]) })];

    private static SchemaRef? At(Api api, Node schema) => schema.Exists ? api.Schemas.At(schema) : null;
}

internal sealed class Response(Api api, string status, Node node, Node site, IReadOnlyList<MediaType> content)
{
    /// <summary>Three digits, a range such as <c>2XX</c>, or <c>default</c>.</summary>
    public string Status { get; } = status;

    public Node Node { get; } = node;

    public Node Site { get; } = site;

    public bool IsCode => Status is [>= '0' and <= '9', >= '0' and <= '9', >= '0' and <= '9'];

    public bool IsRange => Status is [>= '1' and <= '5', 'X' or 'x', 'X' or 'x'];

    public bool IsSuccess => Status is ['2', _, _];

    public IReadOnlyList<MediaType> Content { get; } = content;

    /// <summary>Names of headers differ in more than case; of two that do not, the first counts.</summary>
    public IReadOnlyDictionary<string, Parameter> Headers { get; } = api.Members(node["headers"]).DistinctBy(h => h.Name, StringComparer.OrdinalIgnoreCase)
        .ToDictionary(h => h.Name, h => new Parameter(api, h.Site, isShared: false), StringComparer.OrdinalIgnoreCase);
}
