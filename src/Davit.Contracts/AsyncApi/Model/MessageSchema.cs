using Davit.Contracts.Documents;

namespace Davit.Contracts.AsyncApi.Model;

/// <summary>The languages that payloads are described in.</summary>
internal enum SchemaLanguage
{
    JsonSchema,
    OpenApi,
    Avro,

    /// <summary>Kept, and not judged.</summary>
    Other,
}

/// <summary>What a message or its headers look like.</summary>
/// <param name="Format">The name of the language as it is written; empty for that of AsyncAPI itself.</param>
/// <param name="Schema">Nothing when anything will do.</param>
internal sealed record MessageSchema(SchemaLanguage Language, string Format, Node FormatNode, Node Schema)
{
    /// <summary>It is not told, or told so that it excludes nothing.</summary>
    public bool IsAnything => !Schema.Exists || Schema.Boolean is true || (Schema.IsObject && Schema.Children.ToList() is []);

    /// <summary>Version 3 puts the name of the language beside the schema, version 2 beside the payload.</summary>
    public static MessageSchema Of(AsyncDocument document, Node site, Node format)
    {
        var schema = site;
        if (document.IsV3 && document.Resolve(site) is var multi && multi["schemaFormat"].IsString && multi["schema"].Exists)
            (schema, format) = (multi["schema"], multi["schemaFormat"]);
        var language = LanguageOf(format.Text);
        return new MessageSchema(language, language is SchemaLanguage.JsonSchema ? "" : format.Text!, format, schema);
    }

    private static SchemaLanguage LanguageOf(string? format) => (format?.Split(';')[0].Trim().ToLowerInvariant().Replace("+json", "", StringComparison.Ordinal).Replace("+yaml", "", StringComparison.Ordinal)) switch
    {
        null or "" or "application/vnd.aai.asyncapi" or "application/schema" => SchemaLanguage.JsonSchema,
        "application/vnd.oai.openapi" => SchemaLanguage.OpenApi,
        "application/vnd.apache.avro" => SchemaLanguage.Avro,
        _ => SchemaLanguage.Other,
    };
}
