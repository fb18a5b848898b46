using System.Collections.Frozen;
using static Davit.Contracts.OpenApi.Lint.Part;
using static Davit.Contracts.OpenApi.Lint.Shape;
using static Davit.Contracts.OpenApi.Lint.SpecVersion;

namespace Davit.Contracts.OpenApi.Lint;

/// <summary>The objects of OpenAPI 3 and their fields, as the specifications list them.</summary>
internal static class Grammar
{
    private static readonly FrozenDictionary<Part, ObjectKind> Kinds = new Dictionary<Part, ObjectKind>
    {
        [Document] = new([
            .. Field.Of(Text, "openapi", "jsonSchemaDialect").WithOwnRule(), .. Field.Of(Text, "$self").From(V32),
            .. Field.Of(One, Info, "info").WithOwnRule(), .. Field.Of(One, Paths, "paths").WithOwnRule(), .. Field.Of(Map, PathItem, "webhooks").From(V31).WithOwnRule(),
            .. Field.Of(List, Server, "servers"), .. Field.Of(One, Components, "components"), .. Field.Of(List, SecurityRequirement, "security"),
            .. Field.Of(List, Tag, "tags"), .. Field.Of(One, ExternalDocs, "externalDocs")]),
        [Info] = new([
            .. Field.Of(Text, "title", "version", "description", "termsOfService"), .. Field.Of(Text, "summary").From(V31),
            .. Field.Of(One, Contact, "contact"), .. Field.Of(One, License, "license")]),
        [Contact] = new(Field.Of(Text, "name", "url", "email")),
        [License] = new([.. Field.Of(Text, "name", "url"), .. Field.Of(Text, "identifier").From(V31)]),
        [Server] = new([.. Field.Of(Text, "url", "description"), .. Field.Of(Text, "name").From(V32), .. Field.Of(Map, ServerVariable, "variables")]),
        [ServerVariable] = new([.. Field.Of(Texts, "enum"), .. Field.Of(Text, "default", "description")]),
        [Components] = new([
            .. Field.Of(Map, Schema, "schemas"), .. Field.Of(Map, Response, "responses"), .. Field.Of(Map, Parameter, "parameters"), .. Field.Of(Map, Example, "examples"),
            .. Field.Of(Map, RequestBody, "requestBodies"), .. Field.Of(Map, Header, "headers"), .. Field.Of(Map, SecurityScheme, "securitySchemes"), .. Field.Of(Map, Link, "links"),
            .. Field.Of(Map, Callback, "callbacks"), .. Field.Of(Map, PathItem, "pathItems").From(V31), .. Field.Of(Map, MediaType, "mediaTypes").From(V32)]),
        [Paths] = new([], PathItem),
        [PathItem] = new([
            .. Field.Of(Text, "$ref", "summary", "description"), .. Field.Of(One, Operation, "get", "put", "post", "delete", "options", "head", "patch", "trace"),
            .. Field.Of(One, Operation, "query").From(V32), .. Field.Of(Map, Operation, "additionalOperations").From(V32),
            .. Field.Of(List, Server, "servers"), .. Field.Of(List, Parameter, "parameters")]),
        [Operation] = new([
            .. Field.Of(Texts, "tags"), .. Field.Of(Text, "summary", "description", "operationId"), .. Field.Of(Flag, "deprecated"), .. Field.Of(One, ExternalDocs, "externalDocs"),
            .. Field.Of(List, Parameter, "parameters"), .. Field.Of(One, RequestBody, "requestBody"), .. Field.Of(One, Responses, "responses").WithOwnRule(),
            .. Field.Of(Map, Callback, "callbacks"), .. Field.Of(List, SecurityRequirement, "security"), .. Field.Of(List, Server, "servers")]),
        [ExternalDocs] = new(Field.Of(Text, "description", "url")),
        [Parameter] = new([
            .. Field.Of(Text, "name", "in").WithOwnRule(), .. Field.Of(Text, "description", "style"), .. Field.Of(Flag, "required", "deprecated", "allowEmptyValue", "explode", "allowReserved"),
            .. Field.Of(One, Schema, "schema"), .. Field.Of(Anything, "example"), .. Field.Of(Map, Example, "examples"), .. Field.Of(Map, MediaType, "content")]),
        [RequestBody] = new([.. Field.Of(Text, "description"), .. Field.Of(Map, MediaType, "content"), .. Field.Of(Flag, "required")]),
        [MediaType] = new([
            .. Field.Of(One, Schema, "schema"), .. Field.Of(One, Schema, "itemSchema").From(V32), .. Field.Of(Anything, "example"), .. Field.Of(Map, Example, "examples"),
            .. Field.Of(Map, Encoding, "encoding"), .. Field.Of(List, Encoding, "prefixEncoding").From(V32), .. Field.Of(One, Encoding, "itemEncoding").From(V32)]),
        [Encoding] = new([
            .. Field.Of(Text, "contentType", "style"), .. Field.Of(Flag, "explode", "allowReserved"), .. Field.Of(Map, Header, "headers"),
            .. Field.Of(Map, Encoding, "encoding").From(V32), .. Field.Of(List, Encoding, "prefixEncoding").From(V32), .. Field.Of(One, Encoding, "itemEncoding").From(V32)]),
        [Responses] = new([], Response),
        [Response] = new([
            .. Field.Of(Text, "description"), .. Field.Of(Text, "summary").From(V32), .. Field.Of(Map, Header, "headers"), .. Field.Of(Map, MediaType, "content"), .. Field.Of(Map, Link, "links")]),
        [Callback] = new([], PathItem),
        [Example] = new([.. Field.Of(Text, "summary", "description", "externalValue"), .. Field.Of(Anything, "value"), .. Field.Of(Anything, "dataValue").From(V32), .. Field.Of(Text, "serializedValue").From(V32)]),
        [Link] = new([.. Field.Of(Text, "operationRef", "operationId", "description"), .. Field.Of(Names, "parameters"), .. Field.Of(Anything, "requestBody"), .. Field.Of(One, Server, "server")]),
        [Header] = new([
            .. Field.Of(Anything, "name", "in", "example"), .. Field.Of(Text, "description", "style"), .. Field.Of(Flag, "required", "deprecated", "allowEmptyValue", "explode", "allowReserved"),
            .. Field.Of(One, Schema, "schema"), .. Field.Of(Map, Example, "examples"), .. Field.Of(Map, MediaType, "content")]),
        [Tag] = new([.. Field.Of(Text, "name").Required(), .. Field.Of(Text, "description"), .. Field.Of(Text, "summary", "parent", "kind").From(V32), .. Field.Of(One, ExternalDocs, "externalDocs")]),
        [Discriminator] = new([.. Field.Of(Text, "propertyName").Required(), .. Field.Of(Names, "mapping"), .. Field.Of(Text, "defaultMapping").From(V32)]),
        [Xml] = new([.. Field.Of(Text, "name", "namespace", "prefix"), .. Field.Of(Flag, "attribute", "wrapped"), .. Field.Of(Text, "nodeType").From(V32)]),
        [SecurityScheme] = new([
            .. Field.Of(Text, "type", "name", "in", "scheme", "openIdConnectUrl").WithOwnRule(), .. Field.Of(Text, "description", "bearerFormat"), .. Field.Of(One, OAuthFlows, "flows").WithOwnRule(),
            .. Field.Of(Text, "oauth2MetadataUrl").From(V32), .. Field.Of(Flag, "deprecated").From(V32)]),
        [OAuthFlows] = new([.. Field.Of(One, OAuthFlow, "implicit", "password", "clientCredentials", "authorizationCode"), .. Field.Of(One, OAuthFlow, "deviceAuthorization").From(V32)]),
        [OAuthFlow] = new([.. Field.Of(Text, "authorizationUrl", "tokenUrl", "refreshUrl"), .. Field.Of(Text, "deviceAuthorizationUrl").From(V32), .. Field.Of(Names, "scopes")]),
        [SecurityRequirement] = new([], isOpen: true),
    }.ToFrozenDictionary();

    private static readonly ObjectKind Unknown = new([], isOpen: true);

    private static readonly ObjectKind ClosedSchema = new(SchemaFields.All);

    private static readonly ObjectKind OpenSchema = new(SchemaFields.All, isOpen: true);

    /// <summary>From 3.1 on a schema may hold keywords of anybody.</summary>
    public static ObjectKind Of(Part part, SpecVersion version) => version is V20 ? OlderGrammar.Of(part)
        : part is Schema ? version is V30 ? ClosedSchema : OpenSchema
        : Kinds.GetValueOrDefault(part, Unknown);
}
