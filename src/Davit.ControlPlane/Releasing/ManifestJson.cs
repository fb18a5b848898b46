using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Davit.Manifest;
using Davit.Model;

namespace Davit.ControlPlane.Releasing;

/// <summary>How a release keeps its manifest: every value, with the case of each closed family named.</summary>
internal static class ManifestJson
{
    public static JsonSerializerOptions Options { get; } = Make();

    private static JsonSerializerOptions Make()
    {
        var options = DavitJson.Configure(new JsonSerializerOptions(JsonSerializerDefaults.Web));
        options.TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { NameCases } };
        return options;
    }

    private static void NameCases(JsonTypeInfo type)
    {
        if (type.Type.Assembly != typeof(AppManifest).Assembly || !type.Type.IsAbstract || type.Type.IsSealed)
            return;

        var cases = new JsonPolymorphismOptions { TypeDiscriminatorPropertyName = "is" };
        foreach (var nested in type.Type.GetNestedTypes().Where(t => t.BaseType == type.Type))
            cases.DerivedTypes.Add(new JsonDerivedType(nested, JsonNamingPolicy.KebabCaseLower.ConvertName(nested.Name)));
        type.PolymorphismOptions = cases;
    }
}
