namespace Davit.Contracts.OpenApi.Lint;

/// <summary>The kinds of objects that a description is made of.</summary>
internal enum Part
{
    Document,
    Info,
    Contact,
    License,
    Server,
    ServerVariable,
    Components,
    Paths,
    PathItem,
    Operation,
    ExternalDocs,
    Parameter,
    RequestBody,
    MediaType,
    Encoding,
    Responses,
    Response,
    Callback,
    Example,
    Link,
    Header,
    Tag,
    Schema,
    Discriminator,
    Xml,
    SecurityScheme,
    OAuthFlows,
    OAuthFlow,
    SecurityRequirement,

    /// <summary>Stands for an object of another kind that is written elsewhere.</summary>
    Reference,

    /// <summary>An entry of the components, looked at when everything else has been seen.</summary>
    Component,
}
