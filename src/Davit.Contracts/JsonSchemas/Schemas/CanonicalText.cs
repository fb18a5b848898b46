using System.Text;
using Davit.Contracts.Documents;
using Davit.Contracts.JsonSchemas.Values;

namespace Davit.Contracts.JsonSchemas.Schemas;

/// <summary>One spelling for schemas that differ in nothing but texts and the order of members.</summary>
internal static class CanonicalText
{
    private const int Longest = 20_000;

    private static readonly HashSet<string> Texts = new(["title", "description", "examples", "$comment", "default", "$schema", "deprecated", "readOnly", "writeOnly"], StringComparer.Ordinal);

    /// <param name="isWhole">References lead to places in the same text.</param>
    /// <returns>Empty when it is too long, or refers to another place.</returns>
    public static string Of(Node node, Dialect dialect, bool isWhole = false)
    {
        var text = new StringBuilder(dialect.ToString());
        return Write(node, text, isWhole, isSchema: true) && text.Length < Longest * (isWhole ? 1_000 : 1) ? text.ToString() : "";
    }

    private static bool Write(Node node, StringBuilder text, bool isWhole, bool isSchema)
    {
        if (text.Length > Longest && !isWhole)
            return false;
        if (!node.IsObject && !node.IsArray)
        {
            text.Append(JsonValue.Of(node));
            return true;
        }

        var children = node.Children.ToList();
        text.Append(node.IsObject ? '{' : '[');
        foreach (var child in node.IsObject ? children.OrderBy(c => c.Name, StringComparer.Ordinal).ToList() : children)
        {
            // Below `properties` a name is any name; only a schema has keywords.
            if (node.IsObject && isSchema && Texts.Contains(child.Name!))
                continue;
            if (node.IsObject && isSchema && child.Name is "$ref" or "$dynamicRef" or "$recursiveRef" && !(isWhole && child.Text is ['#', ..]))
                return false;
            text.Append(node.IsObject ? JsonValue.Of(child.Name!).ToString() : "").Append(':');
            if (!Write(child, text, isWhole, !node.IsObject || !isSchema || child.Name is not ("properties" or "patternProperties" or "definitions" or "$defs" or "dependentSchemas" or "dependencies" or "enum" or "const")))
                return false;
            text.Append(',');
        }

        text.Append(node.IsObject ? '}' : ']');
        return true;
    }
}
