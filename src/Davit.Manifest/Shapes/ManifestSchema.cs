using System.Text.Json.Nodes;
using Davit.Manifest.Shapes;

namespace Davit.Manifest;

/// <summary>JSON Schemas made from the tables the loader checks shapes with. Variables are filled in before that check.</summary>
public static class ManifestSchema
{
    /// <summary>The schema of <c>davit.yaml</c>.</summary>
    public static string Davit() => Text(DavitShape.Root, "davit.yaml");

    /// <summary>The schema of a Compose file.</summary>
    public static string Compose() => Text(ComposeShape.Root, "compose.yaml");

    private static string Text(Shape root, string title)
    {
        var schema = SchemaWriter.Of(root);
        schema.Insert(0, "$schema", JsonValue.Create("https://json-schema.org/draft/2020-12/schema"));
        schema.Insert(1, "title", JsonValue.Create(title));
        return schema.ToJsonString() + "\n";
    }
}
