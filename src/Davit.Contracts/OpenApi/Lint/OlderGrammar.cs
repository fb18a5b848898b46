using System.Collections.Frozen;
using static Davit.Contracts.OpenApi.Lint.Part;
using static Davit.Contracts.OpenApi.Lint.Shape;

namespace Davit.Contracts.OpenApi.Lint;

/// <summary>Where OpenAPI 2.0 keeps schemas. Nothing else of it is looked at.</summary>
internal static class OlderGrammar
{
    private static readonly FrozenDictionary<Part, ObjectKind> Kinds = new Dictionary<Part, ObjectKind>
    {
        [Document] = new([
            .. Field.Of(One, Info, "info"), .. Field.Of(One, Paths, "paths"), .. Field.Of(Map, Schema, "definitions"),
            .. Field.Of(Map, Parameter, "parameters"), .. Field.Of(Map, Response, "responses")], isOpen: true),
        [Info] = new([.. Field.Of(One, License, "license")], isOpen: true),
        [Paths] = new([], PathItem),
        [PathItem] = new([.. Field.Of(One, Operation, "get", "put", "post", "delete", "options", "head", "patch"), .. Field.Of(List, Parameter, "parameters")], isOpen: true),
        [Operation] = new([.. Field.Of(List, Parameter, "parameters"), .. Field.Of(One, Responses, "responses")], isOpen: true),
        [Parameter] = new([.. Field.Of(One, Schema, "schema")], isOpen: true),
        [Responses] = new([], Response),
        [Response] = new([.. Field.Of(One, Schema, "schema")], isOpen: true),
        [Schema] = new(SchemaFields.All, isOpen: true),
    }.ToFrozenDictionary();

    private static readonly ObjectKind Unknown = new([], isOpen: true);

    public static ObjectKind Of(Part part) => Kinds.GetValueOrDefault(part, Unknown);
}
