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

    /// <summary>In 2.0 the parameter says itself what a schema says elsewhere.</summary>
    public SchemaRef? Schema => Node["schema"] is { Exists: true } schema ? api.Schemas.At(schema) : api.IsV2 && Node.IsObject ? api.Schemas.At(Node) : null;

    public IReadOnlyList<MediaType> Content => MediaType.Read(api, Node["content"]);

    public string Style => Node["style"].Text ?? Node["collectionFormat"].Text switch
    {
        "ssv" => "spaceDelimited",
        "pipes" => "pipeDelimited",
        _ => In is "query" or "cookie" ? "form" : "simple",
    };

    public bool Explode => Node["explode"].Boolean ?? (api.IsV2 ? Node["collectionFormat"].Text is "multi" : Style is "form");
}
