using Davit.Contracts.Documents;
using Davit.Contracts.JsonSchemas.Schemas;
using Davit.Contracts.JsonSchemas.Validation;
using Davit.Contracts.JsonSchemas.Values;

namespace Davit.Contracts.OpenApi.Lint;

/// <summary>Validates values of the description against schemas beside them.</summary>
internal sealed class ValueCheck(Node root, FileSet files, SpecVersion version)
{
    private readonly SchemaValidator _validator = new();
    private SchemaLoader? _loader;

    /// <summary>The schema certainly refuses the value.</summary>
    public bool Refuses(Node schema, Node value)
    {
        if (!value.Exists || !schema.IsObject)
            return false;
        var isOld = version <= SpecVersion.V30;
        _loader ??= SchemaLoader.Within(root, new SchemaIds(), files, isOld ? Dialect.Draft04 : Dialect.Draft202012, hasNullable: isOld);
        try
        {
            return _validator.Accepts(_loader.From(schema).Root, JsonValue.Of(value)) is false;
        }
        catch (UnreadableException)
        {
            // A reference of the schema leads out of the contract; another rule tells of it.
            return false;
        }
    }
}
