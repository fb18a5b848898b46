using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Davit.Manifest.Yaml;

/// <summary>Resolves a scalar by its tag and style.</summary>
internal static class ScalarTags
{
    private const string Core = "tag:yaml.org,2002:";

    public static ScalarNode Resolve(Scalar scalar, Func<string, Exception> fault)
    {
        var isPlain = scalar.Style is ScalarStyle.Plain or ScalarStyle.Any;
        if (scalar.Tag.IsEmpty || scalar.Tag.IsNonSpecific)
            return isPlain && !scalar.Tag.IsNonSpecific ? ScalarResolver.Plain(scalar.Value) : ScalarNode.OfText(scalar.Value);

        return scalar.Tag.Value switch
        {
            "!reset" or "!override" => isPlain ? ScalarResolver.Plain(scalar.Value) : ScalarNode.OfText(scalar.Value),
            Core + "str" => ScalarNode.OfText(scalar.Value),
            Core + "null" => Wanted(scalar, ScalarKind.Null, fault),
            Core + "bool" => Wanted(scalar, ScalarKind.Bool, fault),
            Core + "int" => Wanted(scalar, ScalarKind.Integer, fault),
            Core + "float" => Float(scalar, fault),
            _ => throw fault($"the tag {Shown(scalar.Tag.Value)} is not known here"),
        };
    }

    private static ScalarNode Wanted(Scalar scalar, ScalarKind kind, Func<string, Exception> fault)
    {
        var resolved = ScalarResolver.Plain(scalar.Value);
        return resolved.Kind == kind ? resolved : throw fault($"the value is not what its tag {Shown(scalar.Tag.Value)} says");
    }

    private static ScalarNode Float(Scalar scalar, Func<string, Exception> fault)
    {
        var resolved = ScalarResolver.Plain(scalar.Value);
        return resolved.IsNumber ? new ScalarNode(ScalarKind.Float, resolved.Text) : throw fault($"the value is not what its tag {Shown(scalar.Tag.Value)} says");
    }

    private static string Shown(string tag)
    {
        var text = tag.StartsWith(Core, StringComparison.Ordinal) ? "!!" + tag[Core.Length..] : tag;
        return text.Length <= 60 ? text : text[..60] + "…";
    }
}
